export { findByName } from './findByName.operation';
export { get } from './get.operation';
export { isolate } from './isolate.operation';
export { reboot } from './reboot.operation';
export { stopIsolating } from './stopIsolating.operation';
