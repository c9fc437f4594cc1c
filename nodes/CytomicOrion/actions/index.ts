import type { Registry } from '../../shared/operation';
import type { OrionCall } from '../call';
import * as computer from './computer';
import * as dataLake from './dataLake';
import * as file from './file';
import * as indicator from './indicator';
import * as ioc from './ioc';
import * as osquery from './osquery';
import * as request from './request';

/** Resource → operation → module. The drop-downs, the fields and the router all follow from it. */
export const registry: Registry<OrionCall> = {
	computer: { name: 'Computer', operations: computer },
	dataLake: { name: 'Data Lake', operations: dataLake },
	file: { name: 'File', operations: file },
	indicator: { name: 'Indicator', operations: indicator },
	ioc: { name: 'IOC', operations: ioc },
	osquery: { name: 'OS Query', operations: osquery },
	request: { name: 'Request', operations: request },
};
