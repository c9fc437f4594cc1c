export { create } from './create.operation';
export { deleteSighting as delete } from './delete.operation';
export { getMany } from './getMany.operation';
