export { get } from './get.operation';
export { getComputers } from './getComputers.operation';
export { getMispObjects } from './getMispObjects.operation';
