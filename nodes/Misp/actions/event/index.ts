export { create } from './create.operation';
export { deleteEvent as delete } from './delete.operation';
export { exportEvents as export } from './export.operation';
export { get } from './get.operation';
export { getMany } from './getMany.operation';
export { importFreeText } from './importFreeText.operation';
export { publish } from './publish.operation';
export { unpublish } from './unpublish.operation';
export { update } from './update.operation';
