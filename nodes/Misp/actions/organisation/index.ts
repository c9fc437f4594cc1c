export { create } from './create.operation';
export { deleteOrganisation as delete } from './delete.operation';
export { get } from './get.operation';
export { getMany } from './getMany.operation';
export { update } from './update.operation';
