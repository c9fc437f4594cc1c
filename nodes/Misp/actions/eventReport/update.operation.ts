import { Problem } from '../../../shared/problem';
import { eachItem } from '../../call';
import { detailFields, readDetails } from '../../descriptions/entryDetails';
import { chosenReport } from '../../descriptions/entries';
import { pick } from '../../json';
import { compactReport } from './reports';

/** POST /eventReports/edit/{report} */
export const update = eachItem({
	name: 'Update',
	action: 'Update an event report',
	description: 'Change the title or the text of a report',
	fields: [
		chosenReport,
		detailFields(
			'changes',
			'Update Fields',
			['distribution', 'sharingGroup'],
			[
				{
					displayName: 'Content',
					name: 'content',
					type: 'string',
					typeOptions: { rows: 8 },
					default: '',
					description: 'The report, in Markdown',
				},
				{ displayName: 'Name', name: 'name', type: 'string', default: '', description: 'Title of the report' },
			],
		),
	],
	async execute({ item, misp }) {
		const given = item.options('changes');
		const changes = { ...readDetails(given), ...pick(given, ['name', 'content']) };
		if (Object.keys(changes).length === 0)
			throw new Problem('There is nothing to change', 'Add at least one field under "Update Fields".', 'empty');
		return compactReport(
			(await misp.post(`/eventReports/edit/${encodeURIComponent(item.locator('report'))}`, changes)).body,
		);
	},
});
