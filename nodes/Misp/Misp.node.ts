import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { propertiesOf } from '../shared/operation';
import { run } from '../shared/router';
import { registry } from './actions';
import { open } from './call';
import { getSharingGroups, getTags } from './methods/getChoices';
import { getFeeds } from './methods/getFeeds';
import { getTemplateFields } from './methods/getTemplateFields';
import * as searchEntries from './methods/searchEntries';
import { searchEvents } from './methods/searchEvents';
import * as searchLists from './methods/searchLists';
import { searchTags } from './methods/searchTags';
import { getAttributeTypes, getCategories } from './methods/vocabulary';

export class Misp implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'MISP Threat Sharing',
		name: 'misp',
		icon: { light: 'file:../../icons/misp.svg', dark: 'file:../../icons/misp.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Search, tag and publish threat intelligence in MISP, and fetch its feeds',
		defaults: { name: 'MISP' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [{ name: 'mispInstanceApi', required: true }],
		properties: propertiesOf(registry, 'attribute'),
	};

	methods = {
		listSearch: { ...searchEntries, ...searchLists, searchEvents, searchTags },
		loadOptions: { getAttributeTypes, getCategories, getFeeds, getSharingGroups, getTags },
		resourceMapping: { getTemplateFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await run(this, registry, open)];
	}
}
