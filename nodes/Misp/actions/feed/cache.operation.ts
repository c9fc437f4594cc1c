import { inParallel } from '../../../shared/inParallel';
import { progressOf } from '../../../shared/progress';
import { eachItem } from '../../call';
import { limits } from '../../limits';
import { listFeeds } from '../../transport/feeds';
import { cacheFeed } from './caching';
import { chooseFeeds, wantedFeeds, whichFeeds } from './choosing';
import { outcomesOf, tellFailed, tellWaiting, waitAtMost, waitMsOf } from './waiting';

/** POST /feeds/cacheFeeds/{id} for each feed, so that each has a job and an outcome of its own. */
export const cache = eachItem({
	name: 'Cache',
	action: 'Cache feeds',
	description:
		'Have MISP read feeds into its cache, for look-ups and comparisons, without making events of them. Needs the key of a site admin.',
	fields: [
		...whichFeeds,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Switch Caching On',
					name: 'switchOn',
					type: 'boolean',
					default: true,
					description:
						'Whether to switch caching on for feeds that have it off. Left off, such feeds are reported and not cached.',
				},
				waitAtMost,
			],
		},
	],
	async execute({ item, misp, hint, log }) {
		const options = item.options('options');
		const { switchOn = true } = options;
		const feeds = chooseFeeds(await listFeeds(misp), wantedFeeds(item));
		const progress = progressOf(log, { task: 'MISP cache', unit: 'feed', total: feeds.length });
		const outcomes = await inParallel(feeds, limits.concurrency, async (feed) => {
			const switching = switchOn === true && feed.caching_enabled !== true;
			if (switching) await misp.post(`/feeds/edit/${feed.id}`, { caching_enabled: true });
			const outcome = await cacheFeed(misp, switching ? { ...feed, caching_enabled: true } : feed, {
				waitMs: waitMsOf(options),
				waiting: tellWaiting(progress, feed),
			});
			progress.step();
			return outcome;
		});
		tellFailed(hint, outcomes, 'cached');
		progress.done(outcomesOf(outcomes));
		return outcomes.map((outcome) => ({ ...outcome }));
	},
});
