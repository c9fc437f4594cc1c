export { getJobs } from './getJobs.operation';
export { getVersion } from './getVersion.operation';
