import type { IDataObject } from 'n8n-workflow';
import { asNumber, asText } from '../../json';

/** A warninglist as items carry it. MISP lists the attribute types as one text, views them as records. */
export const compactWarninglist = (list: IDataObject): IDataObject => ({
	id: asText(list.id),
	name: asText(list.name),
	description: asText(list.description),
	type: asText(list.type),
	category: asText(list.category),
	version: asText(list.version),
	enabled: list.enabled === true,
	default: list.default === true,
	entry_count: asNumber(list.warninglist_entry_count),
	valid_attributes: asText(list.valid_attributes).split(/,\s*/).filter(Boolean),
});
