import type { INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { spoken } from '../shared/spoken';
import { getOrganisations } from './methods/getChoices';
import { getAttributeTypes, getCategories } from './methods/vocabulary';
import { triggerProperties } from './trigger/description';
import { poll } from './trigger/poll';

export class MispTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MISP Threat Sharing Trigger',
		name: 'mispTrigger',
		icon: { light: 'file:../../icons/misp.svg', dark: 'file:../../icons/misp.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{$parameter["event"]}}',
		description: 'Starts the workflow when events, attributes or sightings are new, change or are taken back in MISP',
		defaults: { name: 'MISP Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'mispInstanceApi', required: true }],
		properties: triggerProperties,
	};

	methods = {
		loadOptions: { getAttributeTypes, getCategories, getOrganisations },
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const items = await spoken(this, async () => await poll(this));
		return items.length > 0 ? [items.map((json) => ({ json }))] : null;
	}
}
