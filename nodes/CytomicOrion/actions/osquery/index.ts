export { getStatus } from './getStatus.operation';
export { run } from './run.operation';
