import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { getAttributeTypes, getCategories } from '../Misp/methods/vocabulary';
import { operationProperties } from '../shared/operation';
import { runOperation } from '../shared/router';
import { operations } from './actions';
import { open } from './call';

export class MispOrionSync implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MISP to Orion Sync',
		name: 'mispOrionSync',
		icon: { light: 'file:../../icons/mispOrionSync.svg', dark: 'file:../../icons/mispOrionSync.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"]}}',
		description:
			'Bring the IOCs of MISP into the Cytomic Orion EDR and out again, as a stream: for bulk, in one node and little memory',
		defaults: { name: 'MISP to Orion Sync' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{ name: 'mispInstanceApi', displayName: 'MISP Instance', required: true },
			{ name: 'cytomicOrionApi', displayName: 'Cytomic Orion', required: true },
		],
		properties: operationProperties(operations, 'upload'),
	};

	methods = { loadOptions: { getAttributeTypes, getCategories } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this, operations, open)];
	}
}
