import { iocTypes, type IocType } from '../ioc/types';

/**
 * Orion's paths below /api/v1, in this one place.
 * The eraser's is as Cytomic's page has it: type first, slash at the end. (A script of 2020 turned it around, and deleting did not work.)
 */
export const paths = {
	importIocs: (type: IocType) => `/applications/iocs/${iocTypes[type].path}`,
	eraseIocs: (type: IocType) => `/applications/iocs/${iocTypes[type].path}/eraser/`,
};
