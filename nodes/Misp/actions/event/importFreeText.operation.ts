import { eachItem } from '../../call';
import { eventLocator } from '../../descriptions/eventLocator';
import { asRecord, asRecords, asText, pick } from '../../json';
import { limits } from '../../limits';

const fields = ['id', 'uuid', 'event_id', 'type', 'category', 'value', 'original_value', 'to_ids'];

/** POST /events/freeTextImport/{event}[/1] */
export const importFreeText = eachItem({
	name: 'Import Free Text',
	action: 'Import indicators from free text into an event',
	description:
		'Let MISP find the indicators in a text, such as an e-mail or a report, and add them to an event. What the event has already is left out.',
	fields: [
		eventLocator,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			default: '',
			placeholder: 'The mail came from 203.0.113.9 and led to hxxp://evil[.]example[.]org/login',
			description: 'The text; defanged indicators are understood',
		},
		{
			displayName: 'Mind the Warninglists',
			name: 'warninglists',
			type: 'boolean',
			default: true,
			description:
				'Whether values on an enabled warninglist are kept from detection: MISP leaves them out, or adds them without to_ids',
		},
	],
	async execute({ item, misp, hint }) {
		const event = item.locator('event');
		const value = item.required('text', 'Text');
		const path = `/events/freeTextImport/${encodeURIComponent(event)}${item.flag('warninglists') ? '/1' : ''}`;
		const { body } = await misp.post(path, { value }, { timeoutMs: limits.longTimeoutMs });
		const rows = asRecords(body);
		if (rows.length === 0) hint('MISP found no indicator in the text that the event does not have.');
		return rows.map((row) => {
			// In an event of another organisation they become proposals; with background workers MISP answers before they have ids.
			const kind = 'ShadowAttribute' in row ? 'proposal' : 'attribute';
			const found = asRecord(row.ShadowAttribute ?? row.Attribute ?? row);
			return { created: kind, ...pick(found, fields), to_ids: ['1', 'true'].includes(asText(found.to_ids)) };
		});
	},
});
