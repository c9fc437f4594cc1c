import { eachItem } from '../../call';
import { chosenFeed } from '../../descriptions/chosen';
import { simplify } from '../../descriptions/outputForm';
import { asRecord, pick } from '../../json';
import { find, idOf } from '../lookup';
import { compactFeed } from './feeds';

/** GET /feeds/view/{id} */
export const get = eachItem({
	name: 'Get',
	action: 'Get a feed',
	description: 'Get one feed, and how much of it other feeds have too. Needs the key of a site admin.',
	fields: [chosenFeed, simplify],
	async execute({ item, misp }) {
		const id = idOf(await find(misp, 'feed', item.locator('feed')));
		const feed = asRecord(asRecord((await misp.get(`/feeds/view/${id}`)).body).Feed);
		return item.flag('simple')
			? { ...compactFeed(feed), ...pick(feed, ['cached_elements', 'coverage_by_other_feeds']) }
			: feed;
	},
});
