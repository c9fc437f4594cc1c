export { deleteIocs as delete } from './delete.operation';
export { importIocs as import } from './import.operation';
