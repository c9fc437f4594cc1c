export { add } from './add.operation';
export { remove } from './remove.operation';
