import axios, { type AxiosError, type AxiosInstance, isAxiosError } from 'axios';
import { Agent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { isRecord } from './json';

export const CONTROL_TAGS = {
	upload: 'cytomic-orion:action="upload"',
	delete: 'cytomic-orion:action="delete"',
	uploaded: 'cytomic-orion:state="uploaded"',
	notUploaded: 'cytomic-orion:state="not-uploaded"',
} as const;

export interface MispTag {
	name: string;
	local: boolean;
}
export interface EventState {
	id: string;
	uuid: string;
	info: string;
	organisation: string;
	published: boolean;
	tags: MispTag[];
}
export interface AttributeState {
	uuid: string;
	eventId: string;
	type: string;
	value: string;
	toIds: boolean;
	deleted: boolean;
	tags: MispTag[];
}
export interface FeedState {
	id: string;
	name: string;
	format: string;
	url: string;
	enabled: boolean;
}

export interface NewAttribute {
	type: string;
	category: string;
	value: string;
	to_ids: boolean;
	comment?: string;
}

const PAGE = 5_000;
const PUBLISH_TIMEOUT_MS = 60_000;
const POLL_MS = 200;

/** MISP did not do what it was asked for, or did not answer. The message says what was asked and what came of it. */
export class MispTrouble extends Error {}

/** What an analyst does in MISP beside the workflows, and a look at MISP's state. A small client of MISP's REST API. */
export class MispClient {
	private readonly http: AxiosInstance;

	constructor(access: { url: string; key: string; allowUnauthorizedCerts?: boolean }) {
		this.http = axios.create({
			baseURL: access.url.replace(/\/+$/, ''),
			headers: { Authorization: access.key, Accept: 'application/json', 'Content-Type': 'application/json' },
			// A redirect is MISP's login page: with it followed, HTML would look like an answer.
			maxRedirects: 0,
			httpsAgent: new Agent({ rejectUnauthorized: !access.allowUnauthorizedCerts }),
		});
		this.http.interceptors.response.use(undefined, (error: unknown) => {
			throw isAxiosError(error) ? new MispTrouble(inWords(error)) : error;
		});
	}

	async version(): Promise<string> {
		const { data } = await this.http.get<unknown>('/servers/getVersion');
		return text(data, 'version');
	}

	/** Adds a feed and switches it on. `settings` are MISP's own, for CSV feeds. */
	async addFeed(feed: { name: string; url: string; format: string; settings?: unknown }): Promise<void> {
		const { name, url, format, settings } = feed;
		await this.http.post('/feeds/add', {
			Feed: {
				name,
				url,
				settings,
				provider: name,
				source_format: format,
				input_source: 'network',
				enabled: true,
				distribution: 0,
			},
		});
	}

	async feeds(): Promise<FeedState[]> {
		const { data } = await this.http.get<unknown>('/feeds/index');
		return list(data).map((entry) => {
			const feed = child(entry, 'Feed');
			return {
				id: text(feed, 'id'),
				name: text(feed, 'name'),
				format: text(feed, 'source_format'),
				url: text(feed, 'url'),
				enabled: feed['enabled'] === true,
			};
		});
	}

	/** Events by page, without their attributes. */
	async events(filter: Record<string, unknown> = {}): Promise<EventState[]> {
		const found: EventState[] = [];
		for (let page = 1; ; page++) {
			const { data } = await this.http.post<unknown>('/events/restSearch', {
				returnFormat: 'json',
				metadata: 1,
				limit: PAGE,
				page,
				...filter,
			});
			const rows = list(child(data)['response']);
			found.push(...rows.map(readEvent));
			if (rows.length < PAGE) return found;
		}
	}

	/** Attributes with the tags they have themselves (not their event's). */
	async attributes(filter: Record<string, unknown>): Promise<AttributeState[]> {
		const found: AttributeState[] = [];
		for (let page = 1; ; page++) {
			const { data } = await this.http.post<unknown>('/attributes/restSearch', {
				returnFormat: 'json',
				limit: PAGE,
				page,
				order: 'Attribute.id asc',
				...filter,
			});
			const rows = list(child(data, 'response')['Attribute']);
			found.push(...rows.map(readAttribute));
			if (rows.length < PAGE) return found;
		}
	}

	async addEvent(event: { info: string; threatLevel: number; attributes: NewAttribute[] }): Promise<EventState> {
		const { data } = await this.http.post<unknown>('/events/add', {
			Event: {
				info: event.info,
				threat_level_id: event.threatLevel,
				analysis: 2,
				distribution: 0,
				Attribute: event.attributes,
			},
		});
		return readEvent(data);
	}

	/** A local tag, which leaves the event published and its timestamp alone. */
	async tag(uuid: string, tag: string): Promise<void> {
		await this.http.post('/tags/attachTagToObject', { uuid, tag, local: 1 });
	}

	/** Takes an attribute back: it stays, and is no longer for detection. */
	async revoke(attributeUuid: string): Promise<void> {
		await this.http.post(`/attributes/edit/${attributeUuid}`, { to_ids: false });
	}

	/** Publishes an event and waits until it is: with background workers MISP only queues the job. */
	async publish(eventId: string): Promise<void> {
		await this.http.post(`/events/publish/${eventId}`);
		const deadline = Date.now() + PUBLISH_TIMEOUT_MS;
		for (;;) {
			const [event] = await this.events({ eventid: eventId });
			if (event?.published) return;
			if (Date.now() > deadline)
				throw new Error(`MISP did not publish event ${eventId} within ${PUBLISH_TIMEOUT_MS / 1000} s`);
			await pause(POLL_MS);
		}
	}

	async deleteEvent(eventId: string): Promise<void> {
		await this.http.post(`/events/delete/${eventId}`);
	}
}

function inWords({ config, response, message }: AxiosError): string {
	const asked = `MISP at ${config?.baseURL ?? ''}, asked for ${config?.method?.toUpperCase() ?? ''} ${config?.url ?? ''},`;
	return response
		? `${asked} answered with status ${response.status}. ${text(response.data, 'message')}`.trimEnd()
		: `${asked} gave no answer: ${message}`;
}

function readEvent(row: unknown): EventState {
	const event = child(row, 'Event');
	return {
		id: text(event, 'id'),
		uuid: text(event, 'uuid'),
		info: text(event, 'info'),
		organisation: text(child(event, 'Orgc'), 'name'),
		published: event['published'] === true,
		tags: readTags(event),
	};
}

function readAttribute(row: unknown): AttributeState {
	const attribute = child(row);
	return {
		uuid: text(attribute, 'uuid'),
		eventId: text(attribute, 'event_id'),
		type: text(attribute, 'type'),
		value: text(attribute, 'value'),
		toIds: attribute['to_ids'] === true,
		deleted: attribute['deleted'] === true,
		tags: readTags(attribute),
	};
}

function readTags(row: Record<string, unknown>): MispTag[] {
	return list(row['Tag']).map((tag) => ({ name: text(tag, 'name'), local: child(tag)['local'] === true }));
}

function child(value: unknown, key?: string): Record<string, unknown> {
	const found = key === undefined ? value : child(value)[key];
	return isRecord(found) ? found : {};
}

function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function text(value: unknown, key: string): string {
	const found = child(value)[key];
	return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : '';
}
