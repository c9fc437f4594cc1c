import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../descriptions/allOrLimit';
import { asRecord, asRecords, pick } from '../../json';

/** GET /feeds/compareFeeds */
export const compare = eachItem({
	name: 'Compare',
	action: 'Compare feeds',
	description: 'Compare the cached feeds: how many values each has, and which share of them other feeds have too. Needs the permission to view feed correlations.',
	fields: allOrLimit,
	async execute({ item, misp, hint }) {
		const feeds = asRecords((await misp.get('/feeds/compareFeeds')).body).map(({ Feed }) => asRecord(Feed));
		if (feeds.length === 0) hint('MISP compares nothing: no feed is cached yet (operation Cache), or the role of the key may not view feed correlations.', 'warning');
		return takeLimit(item, feeds).map((feed) => {
			const overlaps = asRecords(feed.ComparedFeed)
				.filter(({ overlap_count: count }) => Number(count) > 0)
				.map((other) => pick(other, ['id', 'name', 'overlap_count', 'overlap_percentage']))
				.sort((a, b) => Number(b.overlap_count) - Number(a.overlap_count));
			return {
				...pick(feed, ['id', 'name', 'provider', 'url', 'source_format']),
				values: Number(feed.values),
				highest_overlap_percentage: Number(overlaps[0]?.overlap_percentage ?? 0),
				overlaps,
			};
		});
	},
});
