import { eachItem } from '../../call';
import { detailFields, readDetails } from '../../descriptions/entryDetails';
import { eventLocator } from '../../descriptions/eventLocator';
import { eventIdOf } from './eventId';
import { compactReport } from './reports';

/** POST /eventReports/add/{event id} */
export const create = eachItem({
	name: 'Create',
	action: 'Create an event report',
	description: 'Add a report in Markdown to an event',
	fields: [
		eventLocator,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'Summary of the incident',
			description: 'Title of the report',
		},
		{
			displayName: 'Content',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 8 },
			default: '',
			description: 'The report, in Markdown',
		},
		detailFields('details', 'Additional Fields', ['distribution', 'sharingGroup']),
	],
	async execute({ item, misp }) {
		const event = await eventIdOf(misp, item.locator('event'));
		const { body } = await misp.create(`/eventReports/add/${encodeURIComponent(event)}`, {
			distribution: '5',
			...readDetails(item.options('details')),
			name: item.required('name', 'Name'),
			content: String(item.raw('content')),
		});
		return compactReport(body);
	},
});
