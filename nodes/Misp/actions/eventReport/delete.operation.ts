import { eachItem } from '../../call';
import { chosenReport } from '../../descriptions/entries';
import { hardDelete } from '../../descriptions/hardDelete';

/** POST /eventReports/delete/{report}[/1] */
export const deleteReport = eachItem({
	name: 'Delete',
	action: 'Delete an event report',
	description: 'Delete a report of an event',
	destructive: true,
	fields: [chosenReport, hardDelete('Whether to erase it for good. It cannot be restored then.')],
	async execute({ item, misp }) {
		const report = item.locator('report');
		const hard = item.flag('hard');
		await misp.create(`/eventReports/delete/${encodeURIComponent(report)}${hard ? '/1' : ''}`, {});
		return { report, deleted: true, hard };
	},
});
