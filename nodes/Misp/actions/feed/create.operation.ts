import { eachItem } from '../../call';
import { moreFields } from '../../descriptions/fieldsToSet';
import { asRecord } from '../../json';
import { listFeeds } from '../../transport/feeds';
import { compactFeed, feedBody, feedFormat, feedOptions } from './feeds';

/** POST /feeds/add. MISP takes the same URL as often as it is sent (2.5.1), so a feed that is there already is looked for first. */
export const create = eachItem({
	name: 'Create',
	action: 'Create a feed',
	description: 'Add a feed to MISP. Needs the key of a site admin.',
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			description: 'What the feed is called',
		},
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'string',
			required: true,
			default: '',
			description: 'Who makes the feed',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'https://www.circl.lu/doc/misp/feed-osint',
			description: 'Where MISP fetches it. For the MISP format that is the folder of the manifest.',
		},
		feedFormat,
		{
			displayName: 'If the URL Is There',
			name: 'ifThere',
			type: 'options',
			options: [
				{ name: 'Add Another', value: 'add', description: 'Have two feeds of the same URL' },
				{ name: 'Leave It as It Is', value: 'keep', description: 'Return the feed that is there' },
				{ name: 'Update It', value: 'update', description: 'Give the feed that is there these values' },
			],
			default: 'keep',
			description: 'What to do where MISP has a feed of this URL and format already',
		},
		moreFields(feedOptions, 'How MISP treats the feed'),
	],
	async execute({ item, misp }) {
		const url = item.required('url', 'URL');
		const format = item.text('format');
		const ifThere = item.text('ifThere');
		const there =
			ifThere === 'add'
				? undefined
				: (await listFeeds(misp)).find((one) => one.url === url && one.source_format === format);
		if (there && ifThere === 'keep') return { ...compactFeed(there), created: false };
		const feed = {
			name: item.required('name', 'Name'),
			provider: item.required('provider', 'Provider'),
			url,
			source_format: format,
			input_source: 'network',
			enabled: true,
			...feedBody(item.options('fields'), there?.settings),
		};
		const { body } = there ? await misp.post(`/feeds/edit/${there.id}`, feed) : await misp.create('/feeds/add', feed);
		return { ...compactFeed(asRecord(asRecord(body).Feed)), created: !there };
	},
});
