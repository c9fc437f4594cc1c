import { isRecord } from '../json';
import { isOn } from './filters';

export interface Feed {
	readonly id: number;
	name: string;
	provider: string;
	url: string;
	/** "misp", "csv", "freetext"; MISP stores whatever it is given. */
	source_format: string;
	input_source: string;
	enabled: boolean;
	caching_enabled: boolean;
	distribution: string;
	sharing_group_id: string;
	tag_id: string;
	readonly default: boolean;
	fixed_event: boolean;
	delta_merge: boolean;
	/** The fixed event's id, "0" until the first fetch. */
	event_id: string;
	publish: boolean;
	override_ids: boolean;
	force_to_ids: boolean;
	delete_local_file: boolean;
	lookup_visible: boolean;
	/** JSON text. */
	settings: string | null;
	rules: string | null;
	headers: string | null;
	orgc_id: string;
	tag_collection_id: string;
	/** Seconds; `false` until cached. */
	cache_timestamp: number | false;
	/** Values (and the events they are from) as of the last caching. */
	cache: Map<string, ReadonlySet<string>>;
	/** A free-text or CSV download, kept for ten minutes. */
	download?: { readonly at: number; readonly text: string };
}

const BOOLEANS = [
	'enabled',
	'caching_enabled',
	'fixed_event',
	'delta_merge',
	'publish',
	'override_ids',
	'force_to_ids',
	'delete_local_file',
	'lookup_visible',
] as const;
const TEXTS = [
	'name',
	'provider',
	'url',
	'source_format',
	'input_source',
	'distribution',
	'sharing_group_id',
	'tag_id',
	'event_id',
	'orgc_id',
	'tag_collection_id',
] as const;
const NULLABLE = ['rules', 'headers'] as const;

/** Sets the fields that were sent; `settings` and `rules` may come as objects and are kept as JSON text. */
export function assignFeed(feed: Feed, given: Readonly<Record<string, unknown>>): void {
	for (const key of BOOLEANS) if (given[key] !== undefined) feed[key] = isOn(given[key]);
	for (const key of TEXTS) {
		const value = given[key];
		if (typeof value === 'string' || typeof value === 'number') feed[key] = String(value);
	}
	for (const key of NULLABLE) {
		const value = given[key];
		if (typeof value === 'string') feed[key] = value;
		else if (isRecord(value)) feed[key] = JSON.stringify(value);
	}
	const { settings } = given;
	if (isRecord(settings)) feed.settings = JSON.stringify(settings);
	else if (typeof settings === 'string' && settings !== '') feed.settings = settings;
}

interface DefaultFeed {
	readonly name: string;
	readonly provider: string;
	readonly url: string;
	readonly source_format: string;
	readonly fixed_event: boolean;
}

/** A few of the feeds that `loadDefaultFeeds` brings, disabled; MISP's own list is longer. */
export const DEFAULT_FEEDS: ReadonlyArray<DefaultFeed & Readonly<Record<string, unknown>>> = [
	{
		name: 'CIRCL OSINT Feed',
		provider: 'CIRCL',
		url: 'https://www.circl.lu/doc/misp/feed-osint',
		source_format: 'misp',
		fixed_event: false,
		distribution: 3,
	},
	{
		name: 'The Botvrij.eu Data',
		provider: 'Botvrij.eu',
		url: 'https://www.botvrij.eu/data/feed-osint',
		source_format: 'misp',
		fixed_event: false,
		distribution: 3,
	},
	{
		name: 'Feodo IP Blocklist',
		provider: 'abuse.ch',
		url: 'https://feodotracker.abuse.ch/downloads/ipblocklist.csv',
		source_format: 'csv',
		fixed_event: true,
		distribution: 3,
		settings: { csv: { value: '2', delimiter: ',' } },
	},
	{
		name: 'URLHaus Malware URLs',
		provider: 'Abuse.ch',
		url: 'https://urlhaus.abuse.ch/downloads/csv_recent/',
		source_format: 'csv',
		fixed_event: true,
		distribution: 3,
		settings: { csv: { value: '3', delimiter: ',' } },
	},
	{
		name: 'OpenPhish url list',
		provider: 'openphish.com',
		url: 'https://openphish.com/feed.txt',
		source_format: 'freetext',
		fixed_event: true,
		distribution: 3,
	},
	{
		name: 'Threatfox',
		provider: 'abuse.ch',
		url: 'https://threatfox.abuse.ch/downloads/misp/',
		source_format: 'misp',
		fixed_event: false,
		distribution: 3,
	},
];

/** The feeds of the server. Two default ones are there from the start, disabled, as after an installation. */
export class FeedBook {
	readonly feeds: Feed[] = [];
	private nextId = 1;

	constructor() {
		for (const feed of DEFAULT_FEEDS.slice(0, 2)) this.add(feed, true);
	}

	add(given: Readonly<Record<string, unknown>>, isDefault = false): Feed {
		const feed: Feed = {
			id: this.nextId++,
			name: '',
			provider: '',
			url: '',
			source_format: 'misp',
			input_source: 'network',
			enabled: false,
			caching_enabled: false,
			distribution: '0',
			sharing_group_id: '0',
			tag_id: '0',
			default: isDefault,
			fixed_event: true,
			delta_merge: false,
			event_id: '0',
			publish: false,
			override_ids: false,
			force_to_ids: false,
			delete_local_file: false,
			lookup_visible: false,
			settings: isDefault ? null : '[]',
			rules: null,
			headers: null,
			orgc_id: '0',
			tag_collection_id: '0',
			cache_timestamp: false,
			cache: new Map(),
		};
		assignFeed(feed, given);
		this.feeds.push(feed);
		return feed;
	}

	byId(id: unknown): Feed | undefined {
		return this.feeds.find((feed) => String(feed.id) === String(id));
	}

	delete(feed: Feed): void {
		this.feeds.splice(this.feeds.indexOf(feed), 1);
	}
}

export function feedShape(feed: Feed) {
	return {
		id: String(feed.id),
		name: feed.name,
		provider: feed.provider,
		url: feed.url,
		rules: feed.rules,
		enabled: feed.enabled,
		distribution: feed.distribution,
		sharing_group_id: feed.sharing_group_id,
		tag_id: feed.tag_id,
		default: feed.default,
		source_format: feed.source_format,
		fixed_event: feed.fixed_event,
		delta_merge: feed.delta_merge,
		event_id: feed.event_id,
		publish: feed.publish,
		override_ids: feed.override_ids,
		settings: feed.settings,
		input_source: feed.input_source,
		delete_local_file: feed.delete_local_file,
		lookup_visible: feed.lookup_visible,
		headers: feed.headers,
		caching_enabled: feed.caching_enabled,
		force_to_ids: feed.force_to_ids,
		orgc_id: feed.orgc_id,
		tag_collection_id: feed.tag_collection_id,
	};
}
