export { getJobs } from './getJobs.operation';
export { getOrionSettings } from './getOrionSettings.operation';
export { getSettings } from './getSettings.operation';
export { getVersion } from './getVersion.operation';
export { getWorkers } from './getWorkers.operation';
