export { get } from './get.operation';
export { getMany } from './getMany.operation';
export { publish } from './publish.operation';
