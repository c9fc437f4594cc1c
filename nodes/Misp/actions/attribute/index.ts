export { create } from './create.operation';
export { deleteAttribute as delete } from './delete.operation';
export { exportAttributes as export } from './export.operation';
export { findSame } from './findSame.operation';
export { get } from './get.operation';
export { getMany } from './getMany.operation';
export { restore } from './restore.operation';
export { update } from './update.operation';
