export { addReference } from './addReference.operation';
export { create } from './create.operation';
export { deleteObject as delete } from './delete.operation';
export { get } from './get.operation';
export { getMany } from './getMany.operation';
export { removeReference } from './removeReference.operation';
export { update } from './update.operation';
