export { get } from './get.operation';
export { getMany } from './getMany.operation';
export { updateAll } from './updateAll.operation';
