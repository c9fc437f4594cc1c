export { create } from './create.operation';
export { deleteUser as delete } from './delete.operation';
export { get } from './get.operation';
export { getMany } from './getMany.operation';
export { update } from './update.operation';
