import { eachItem } from '../../call';
import { chosenTemplate } from '../../descriptions/entries';
import { limits } from '../../limits';
import { readTemplate } from '../../transport/objectTemplates';

/** GET /objectTemplates/getRaw/{template} */
export const get = eachItem({
	name: 'Get',
	action: 'Get an object template',
	description: 'Get one object template with the fields that its objects may have',
	concurrency: limits.concurrency,
	fields: [chosenTemplate],
	async execute({ item, misp }) {
		const { metaCategory, requiredOneOf, fields, ...template } = await readTemplate(misp, item.locator('template'));
		return {
			...template,
			meta_category: metaCategory,
			required_one_of: requiredOneOf,
			fields: fields.map(({ toIds, priority: _, ...field }) => ({
				...field,
				...(toIds !== undefined && { to_ids: toIds }),
			})),
		};
	},
});
