import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import type { MispCall } from '../../call';
import { eachItem } from '../../call';
import { eventDetailFields, readEventDetails } from '../../descriptions/eventDetails';
import { readRecords } from '../../../shared/jsonField';
import { simplify } from '../../descriptions/outputForm';
import { compactEvent } from '../../item';
import { asRecord, asText } from '../../json';
import { limits } from '../../limits';
import { addAttributes } from '../attribute/adding';
import type { LeftOut } from './leftOut';
import { leftOutOf, withUuids } from './leftOut';

/** POST /events/add */
export const create = eachItem({
	name: 'Create',
	action: 'Create an event',
	description:
		'Create an event, with attributes, objects and tags. What MISP leaves out without a word comes back in left_out.',
	fields: [
		{
			displayName: 'Info',
			name: 'info',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'Phishing against the finance department',
			description: 'Title of the event',
		},
		eventDetailFields('details', 'Additional Fields', ['disableCorrelation', 'sharingGroup', 'tags', 'uuid']),
		{
			displayName: 'Attributes',
			name: 'attributes',
			type: 'json',
			default: '[]',
			description:
				'A list such as [{"type": "domain", "value": "bad.example.com", "to_ids": true}], with MISP\'s names of fields',
		},
		{
			displayName: 'Objects',
			name: 'objects',
			type: 'json',
			default: '[]',
			description:
				'A list of objects as MISP has them, with template_uuid and Attribute. Single ones are easier with Object: Create.',
		},
		simplify,
	],
	async execute({ item, misp, hint }) {
		const sent: IDataObject = {
			uuid: randomUUID(),
			...readEventDetails(item.options('details')),
			info: item.required('info', 'Info'),
			...filled('Attribute', withUuids(readRecords('Attributes', item.raw('attributes')))),
			...filled('Object', withUuids(readRecords('Objects', item.raw('objects')))),
		};
		const { body } = await misp.create('/events/add', { Event: sent }, { timeoutMs: limits.longTimeoutMs });
		const event = asRecord(asRecord(body).Event);
		const leftOut = await reasonsOf(misp, sent, event);
		if (leftOut.length > 0)
			hint(`MISP left out ${leftOut.length} parts of event ${asText(event.id)}: see left_out of the item.`, 'warning');
		return { ...(item.flag('simple') ? compactEvent(event) : event), left_out: leftOut };
	},
});

const filled = (name: string, entries: IDataObject[]): IDataObject => (entries.length > 0 ? { [name]: entries } : {});

/** Sends attributes that were left out once more, on their own: MISP then says why, or takes them after all. */
async function reasonsOf(misp: MispCall['misp'], sent: IDataObject, event: IDataObject): Promise<LeftOut[]> {
	const { attributes, others } = leftOutOf(sent, event);
	const complete = attributes.filter(({ type, value }) => asText(type) !== '' && asText(value) !== '');
	const tried = complete.length > 0 ? await addAttributes(misp, asText(event.id), complete) : [];
	const outcomes = new Map(complete.map((attribute, index) => [attribute, tried[index]]));
	return [
		...attributes.flatMap((attribute): LeftOut[] => {
			const outcome = outcomes.get(attribute);
			if (outcome?.status === 'created') return [];
			const why =
				outcome?.status === 'refused'
					? outcome.reason
					: outcome
						? 'The event has it already'
						: 'It has no type or no value';
			return [{ what: 'attribute', name: asText(attribute.type), value: asText(attribute.value), reason: why }];
		}),
		...others,
	];
}
