export { disable } from './disable.operation';
export { enable } from './enable.operation';
export { enableTags } from './enableTags.operation';
export { get } from './get.operation';
export { getMany } from './getMany.operation';
export { updateAll } from './updateAll.operation';
