import type { Registry } from '../../shared/operation';
import type { OrionCall } from '../call';
import * as ioc from './ioc';

/** Resource → operation → module. The drop-downs, the fields and the router all follow from it. */
export const registry: Registry<OrionCall> = {
	ioc: { name: 'IOC', operations: ioc },
};
