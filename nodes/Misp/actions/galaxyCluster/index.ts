export { attach } from './attach.operation';
export { detach } from './detach.operation';
export { getMany } from './getMany.operation';
