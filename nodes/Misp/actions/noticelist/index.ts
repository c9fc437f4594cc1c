export { disable } from './disable.operation';
export { enable } from './enable.operation';
export { get } from './get.operation';
export { getMany } from './getMany.operation';
