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
	computer: {
		name: 'Computer',
		description: 'A protected computer: look it up, cut it off the network, restart it',
		operations: computer,
	},
	dataLake: { name: 'Data Lake', description: 'The events that all computers have sent', operations: dataLake },
	file: {
		name: 'File',
		description: 'A file by its hash: what it is, and which computers have seen it',
		operations: file,
	},
	indicator: {
		name: 'Indicator',
		description: 'What Orion has found on a computer, such as a hit of an IOC',
		operations: indicator,
	},
	ioc: {
		name: 'IOC',
		description: 'A hash, address, domain or URL that Orion looks for on all computers',
		operations: ioc,
	},
	osquery: {
		name: 'OS Query',
		description: 'A question to computers in the SQL of osquery, such as which processes run',
		operations: osquery,
	},
	request: {
		name: 'Request',
		description: 'Any call of the Orion API that has no operation here',
		operations: request,
	},
};
