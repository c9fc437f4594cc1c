import { Problem } from '../../../shared/problem';
import { eachItem } from '../../call';
import { compactObject } from '../../compactObject';
import { detailFields, readDetails } from '../../descriptions/entryDetails';
import { chosenTemplate } from '../../descriptions/entries';
import { eventLocator } from '../../descriptions/eventLocator';
import { objectFields, readObjectFields } from '../../descriptions/objectFields';
import { simplify } from '../../descriptions/outputForm';
import { asRecord } from '../../json';
import { problemOf } from '../../transport/connect';
import { readTemplate } from '../../transport/objectTemplates';
import { typeDefaults } from '../../transport/typeDefaults';
import { missingFields, objectAttributes } from './objectAttributes';

/** POST /objects/add/{event}/{template UUID} */
export const create = eachItem({
	name: 'Create',
	action: 'Create an object',
	description:
		'Add an object to an event, such as a file with its hashes. Category and detection mark of each field follow the template.',
	fields: [
		eventLocator,
		chosenTemplate,
		...objectFields,
		{
			displayName: 'Leave Out Duplicates',
			name: 'skipDuplicates',
			type: 'boolean',
			default: true,
			description:
				'Whether to add nothing where the event has an object with the same content. It comes out with created: false.',
		},
		detailFields('details', 'Additional Fields', [
			'comment',
			'distribution',
			'firstSeen',
			'lastSeen',
			'sharingGroup',
			'uuid',
		]),
		simplify,
	],
	async execute(call) {
		const { item, misp } = call;
		const event = item.locator('event');
		const template = await readTemplate(misp, item.locator('template'));
		const built = objectAttributes(template, await typeDefaults(misp), readObjectFields(call, template));
		const problems = built.ok ? missingFields(template, built.attributes) : built.problems;
		if (!built.ok || problems.length > 0)
			throw new Problem(problems.join(' '), 'Nothing was sent to MISP. Correct the fields.', 'bad_fields');
		const reading = await misp.ask({
			method: 'POST',
			path: `/objects/add/${encodeURIComponent(event)}/${template.uuid}${item.flag('skipDuplicates') ? '/breakOnDuplicate:1' : ''}`,
			body: {
				name: template.name,
				'meta-category': template.metaCategory,
				description: template.description,
				template_uuid: template.uuid,
				template_version: template.version,
				...readDetails(item.options('details')),
				Attribute: built.attributes,
			},
		});
		if (reading.kind === 'data') {
			const object = asRecord(asRecord(reading.body).Object);
			return { created: true, ...(item.flag('simple') ? compactObject(object) : object) };
		}
		const twin =
			reading.problem.code === 'duplicate_object' && /uuid: ([0-9a-f-]{36})/i.exec(reading.problem.misp ?? '')?.[1];
		if (!twin) throw problemOf(reading.problem);
		const object = asRecord(asRecord((await misp.get(`/objects/view/${twin}`)).body).Object);
		return { created: false, ...(item.flag('simple') ? compactObject(object) : object) };
	},
});
