import { eachItem } from '../../call';
import { chosenNoticelist } from '../../descriptions/chosen';
import { asRecord, asRecords } from '../../json';
import { find, idOf } from '../lookup';
import { compactNoticelist } from './noticelists';

/** GET /noticelists/view/{id} */
export const get = eachItem({
	name: 'Get',
	action: 'Get a noticelist',
	description: 'Get one noticelist with its entries: what it warns of, and in which words',
	fields: [chosenNoticelist],
	async execute({ item, misp }) {
		const id = idOf(await find(misp, 'noticelist', item.locator('noticelist')));
		const { body } = await misp.get(`/noticelists/view/${id}`);
		const list = asRecord(asRecord(body).Noticelist);
		return { ...compactNoticelist(list), entries: asRecords(list.NoticelistEntry).map(({ data }) => asRecord(data)) };
	},
});
