import { eachItem } from '../../call';
import { chosenReport } from '../../descriptions/entries';
import { limits } from '../../limits';
import { compactReport } from './reports';

/** GET /eventReports/view/{report} */
export const get = eachItem({
	name: 'Get',
	action: 'Get an event report',
	description: 'Get one report of an event, in Markdown',
	concurrency: limits.concurrency,
	fields: [chosenReport],
	execute: async ({ item, misp }) =>
		compactReport((await misp.get(`/eventReports/view/${encodeURIComponent(item.locator('report'))}`)).body),
});
