import type { IDataObject } from 'n8n-workflow';
import { asRecord, asRecords, asText } from '../../json';
import type { Misp } from '../../transport/connect';

export interface TemplateHead extends IDataObject {
	id: string;
	uuid: string;
	name: string;
	meta_category: string;
	description: string;
	version: string;
	active: boolean;
}

/** GET /objectTemplates/index: all at once, MISP has no pages here. */
export async function listTemplates(misp: Misp): Promise<TemplateHead[]> {
	const { body } = await misp.get('/objectTemplates/index');
	return asRecords(body).map((row) => {
		const template = asRecord(row.ObjectTemplate);
		return {
			id: asText(template.id),
			uuid: asText(template.uuid),
			name: asText(template.name),
			meta_category: asText(template['meta-category']),
			description: asText(template.description),
			version: asText(template.version),
			active: template.active === true,
		};
	});
}
