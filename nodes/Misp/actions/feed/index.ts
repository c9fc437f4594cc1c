export { fetch } from './fetch.operation';
export { getMany } from './getMany.operation';
