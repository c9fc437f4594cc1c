import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { propertiesOf } from '../shared/operation';
import { run } from '../shared/router';
import { registry } from './actions';
import { open } from './call';

export class CytomicOrion implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cytomic Orion',
		name: 'cytomicOrion',
		icon: { light: 'file:../../icons/cytomicOrion.svg', dark: 'file:../../icons/cytomicOrion.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Upload IOCs to the Cytomic Orion EDR (WatchGuard, Panda) and take them out again; look up files, computers and indicators',
		defaults: { name: 'Cytomic Orion' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'cytomicOrionApi', required: true }],
		properties: propertiesOf(registry, 'ioc'),
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await run(this, registry, open)];
	}
}
