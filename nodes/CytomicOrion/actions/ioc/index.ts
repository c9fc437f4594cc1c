export { deleteIocs as delete } from './delete.operation';
export { getIocs as get } from './get.operation';
export { importIocs as import } from './import.operation';
export { searchRetrospectively } from './searchRetrospectively.operation';
