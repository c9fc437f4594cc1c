export { add } from './add.operation';
export { create } from './create.operation';
export { deleteTag as delete } from './delete.operation';
export { getMany } from './getMany.operation';
export { remove } from './remove.operation';
export { update } from './update.operation';
