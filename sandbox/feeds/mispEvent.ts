import { uuidOf } from './chance';

/** The parts of an event as MISP feeds publish them: numbers and times are strings, times in seconds. */
export interface FeedTag {
	name: string;
	colour: string;
}

export interface FeedAttribute {
	uuid: string;
	type: string;
	category: string;
	value: string;
	to_ids: boolean;
	timestamp: string;
	comment: string;
	disable_correlation: boolean;
	deleted: boolean;
	object_relation: string | null;
	Tag?: FeedTag[];
}

export interface FeedObject {
	uuid: string;
	name: string;
	'meta-category': string;
	description: string;
	template_uuid: string;
	template_version: string;
	timestamp: string;
	comment: string;
	deleted: boolean;
	Attribute: FeedAttribute[];
}

export interface FeedEvent {
	uuid: string;
	info: string;
	date: string;
	/** "1" high, "2" medium, "3" low, "4" undefined. */
	threat_level_id: string;
	analysis: string;
	timestamp: string;
	publish_timestamp: string;
	published: boolean;
	extends_uuid: string;
	Orgc: { name: string; uuid: string };
	Tag: FeedTag[];
	Attribute: FeedAttribute[];
	Object: FeedObject[];
}

export const PUBLISHER = {
	name: 'Sandbox Feed One',
	uuid: uuidOf('organisation Sandbox Feed One'),
};

const COLOURS: Readonly<Record<string, string>> = {
	'tlp:clear': '#ffffff',
	'tlp:green': '#339900',
	'tlp:amber': '#FFC000',
};

export function feedTag(name: string): FeedTag {
	return { name, colour: COLOURS[name] ?? '#0088cc' };
}

const CATEGORIES: ReadonlyArray<readonly [types: RegExp, category: string]> = [
	[/^(ip|domain|hostname|url|uri)/, 'Network activity'],
	[/^(md5|sha|filename|email)/, 'Payload delivery'],
];

function categoryOf(type: string): string {
	return CATEGORIES.find(([types]) => types.test(type))?.[1] ?? 'Other';
}

export interface AttributeSketch {
	type: string;
	value: string;
	/** True when left out. */
	to_ids?: boolean;
	comment?: string;
	tags?: string[];
}

export interface EventSketch {
	info: string;
	/** Low when left out. */
	threatLevel?: 1 | 2 | 3 | 4;
	/** True when left out. */
	published?: boolean;
	/** The event's day, `2026-03-14`. */
	date: string;
	tags?: string[];
	attributes: AttributeSketch[];
	/** Each one a `file` object: its attributes share a template. */
	files?: Array<{ filename: string; md5: string; sha256: string }>;
}

/** An event for the feed, from what matters about it. Its UUIDs follow from its title and values. */
export function feedEvent(sketch: EventSketch): FeedEvent {
	const timestamp = String(Date.parse(`${sketch.date}T09:00:00Z`) / 1_000);
	const published = sketch.published ?? true;

	function attribute(
		{ type, value, to_ids = true, comment = '', tags }: AttributeSketch,
		relation: string | null,
	): FeedAttribute {
		return {
			uuid: uuidOf(`${sketch.info}/${relation ?? ''}/${type}/${value}`),
			type,
			category: categoryOf(type),
			value,
			to_ids,
			timestamp,
			comment,
			disable_correlation: false,
			deleted: false,
			object_relation: relation,
			...(tags && { Tag: tags.map(feedTag) }),
		};
	}

	return {
		uuid: uuidOf(`event ${sketch.info}`),
		info: sketch.info,
		date: sketch.date,
		threat_level_id: String(sketch.threatLevel ?? 3),
		analysis: '2',
		timestamp,
		publish_timestamp: published ? String(Number(timestamp) + 60) : '0',
		published,
		extends_uuid: '',
		Orgc: PUBLISHER,
		Tag: (sketch.tags ?? []).map(feedTag),
		Attribute: sketch.attributes.map((one) => attribute(one, null)),
		Object: (sketch.files ?? []).map((file) => ({
			uuid: uuidOf(`${sketch.info}/file/${file.md5}`),
			name: 'file',
			'meta-category': 'file',
			description: 'File object describing a file with meta-information',
			template_uuid: '688c46fb-5edb-40a3-8273-1af7923e2215',
			template_version: '24',
			timestamp,
			comment: '',
			deleted: false,
			Attribute: [
				attribute({ type: 'filename', value: file.filename, to_ids: false }, 'filename'),
				attribute({ type: 'md5', value: file.md5 }, 'md5'),
				attribute({ type: 'sha256', value: file.sha256 }, 'sha256'),
			],
		})),
	};
}

/** All attributes of an event, those of its objects included. */
export function attributesOf(event: FeedEvent): FeedAttribute[] {
	return [...event.Attribute, ...event.Object.flatMap((object) => object.Attribute)];
}
