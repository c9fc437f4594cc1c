import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { connect } from '../transport/connect';
import { readTemplate } from '../transport/objectTemplates';

/** The fields of the object template that is chosen beside them, the most important first. */
export async function getTemplateFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const chosen = String(this.getNodeParameter('template', '', { extractValue: true }) ?? '');
	if (chosen === '') return { fields: [] };
	const { fields, required } = await readTemplate(await connect(this), chosen);
	return {
		fields: [...fields]
			.sort((a, b) => b.priority - a.priority)
			.map(({ relation, type }) => ({
				id: relation,
				displayName: `${relation} (${type})`,
				required: required.includes(relation),
				defaultMatch: false,
				canBeUsedToMatch: false,
				display: true,
				type: 'string',
			})),
	};
}
