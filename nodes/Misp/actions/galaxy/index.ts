export { deleteGalaxy as delete } from './delete.operation';
export { get } from './get.operation';
export { getMany } from './getMany.operation';
