import type { INodePropertyOptions } from 'n8n-workflow';
import { iocTypeNames, iocTypes } from '../ioc';

/** Orion's IOC types as a drop-down lists them. */
export const iocTypeOptions: INodePropertyOptions[] = iocTypeNames
	.map((value) => ({ name: iocTypes[value].label, value }))
	.sort((one, other) => one.name.localeCompare(other.name));
