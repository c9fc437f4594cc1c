import { inParallel } from '../../../shared/inParallel';
import { progressOf } from '../../../shared/progress';
import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { asNumber, asRecord, asRecords, asText, pick } from '../../json';
import { limits } from '../../limits';
import { listFeeds } from '../../transport/feeds';
import { noSample, sampleFeed } from './sampling';

/** GET /feeds/compareFeeds */
export const compare = eachItem({
	name: 'Compare',
	action: 'Compare feeds',
	description:
		'Compare the cached feeds: how many values each has, and which share of them other feeds have too. Needs the permission to view feed correlations.',
	fields: [
		...allOrLimit,
		{
			displayName: 'Look Into the Feeds',
			name: 'sample',
			type: 'boolean',
			default: false,
			description:
				'Whether to read a part of each feed from its source too, and count which types are for detection. MISP’s comparison knows values only.',
		},
	],
	async execute({ item, misp, hint, log }) {
		const feeds = asRecords((await misp.get('/feeds/compareFeeds')).body).map(({ Feed }) => asRecord(Feed));
		if (feeds.length === 0)
			hint(
				'MISP compares nothing: no feed is cached yet (operation Cache), or the role of the key may not view feed correlations.',
				'warning',
			);
		const compared = takeLimit(item, feeds).map((feed) => {
			const overlaps = asRecords(feed.ComparedFeed)
				.filter(({ overlap_count: count }) => asNumber(count) > 0)
				.map((other) => pick(other, ['id', 'name', 'values', 'overlap_count', 'overlap_percentage']))
				.sort((a, b) => asNumber(b.overlap_count) - asNumber(a.overlap_count));
			return {
				...pick(feed, ['id', 'name', 'provider', 'url', 'source_format']),
				id: asText(feed.id),
				values: asNumber(feed.values),
				highest_overlap_percentage: asNumber(overlaps[0]?.overlap_percentage),
				overlaps,
			};
		});
		if (!item.flag('sample')) return compared;
		const shown = await listFeeds(misp);
		const progress = progressOf(log, { task: 'MISP feeds looked into', unit: 'feed', total: compared.length });
		const looked = await inParallel(compared, limits.concurrency, async (feed) => {
			const found = shown.find(({ id }) => id === feed.id);
			const lookedInto = {
				...feed,
				sample: found
					? await sampleFeed(misp, found, feed.values)
					: noSample('MISP shows this feed to site admins only.'),
			};
			progress.step();
			return lookedInto;
		});
		progress.done();
		return looked;
	},
});
