export { accept } from './accept.operation';
export { create } from './create.operation';
export { discard } from './discard.operation';
export { getMany } from './getMany.operation';
