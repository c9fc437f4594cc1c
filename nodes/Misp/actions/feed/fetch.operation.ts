import type { IDataObject } from 'n8n-workflow';
import { inParallel } from '../../../shared/inParallel';
import { progressOf } from '../../../shared/progress';
import { eachItem } from '../../call';
import { limits } from '../../limits';
import { listFeeds } from '../../transport/feeds';
import { chooseFeeds, wantedFeeds, whichFeeds } from './choosing';
import { fetchFeed } from './fetching';
import { outcomesOf, tellFailed, tellWaiting, waitAtMost, waitMsOf } from './waiting';

/** POST /feeds/fetchFromFeed/{id} for each feed, so that each has a job and an outcome of its own. */
export const fetch = eachItem({
	name: 'Fetch',
	action: 'Fetch feeds',
	description:
		'Fetch feeds now, wait for the background jobs, and return what came of each feed. Needs the key of a site admin.',
	fields: [
		...whichFeeds,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [waitAtMost],
		},
	],
	async execute({ item, misp, hint, log }): Promise<IDataObject[]> {
		const feeds = chooseFeeds(await listFeeds(misp), wantedFeeds(item));
		const waitMs = waitMsOf(item.options('options'));
		const progress = progressOf(log, { task: 'MISP fetch', unit: 'feed', total: feeds.length });
		const outcomes = await inParallel(feeds, limits.concurrency, async (feed) => {
			const outcome = await fetchFeed(misp, feed, { waitMs, waiting: tellWaiting(progress, feed) });
			progress.step();
			return outcome;
		});
		tellFailed(hint, outcomes, 'fetched');
		progress.done(outcomesOf(outcomes));
		return outcomes.map((outcome) => ({ ...outcome }));
	},
});
