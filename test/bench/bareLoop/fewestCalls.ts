import axios, { type AxiosInstance } from 'axios';
import { inParallel } from '../../../nodes/shared/inParallel';
import type { OrionAccess } from '../standIns/orion';
import { CONTROL_TAGS } from '../../../sandbox/mispClient';

export interface Loop {
	misp: { url: string; key: string };
	orion: OrionAccess;
	/** Events with this tag are uploaded. */
	tag: string;
	pageSize: number;
	batchSize: number;
	/** Requests under way at once, to either server. */
	concurrency: number;
}

interface Row {
	id: string;
	type: string;
	value: string;
	timestamp: string;
	Event: { uuid: string };
}

interface Ioc {
	row: Row;
	path: string;
	key: string;
}

/** The four kinds of IOC that the bench's MISP holds. */
const ORION: Readonly<Record<string, { path: string; key: string }>> = {
	md5: { path: 'filehashioc', key: 'hash' },
	'ip-dst': { path: 'ipioc', key: 'ip' },
	domain: { path: 'domainioc', key: 'domain' },
	url: { path: 'urlioc', key: 'url' },
};

/**
 * The whole job of an upload and not a call more: each attribute read once, each IOC sent once in as large batches as the nodes use, each
 * event marked and untagged once. It checks nothing, repeats nothing and copes with nothing.
 */
export async function uploadByFewestCalls(loop: Loop): Promise<{ iocs: number; ms: number }> {
	const started = performance.now();
	const misp = axios.create({
		baseURL: loop.misp.url,
		headers: { Authorization: loop.misp.key, Accept: 'application/json' },
	});
	const orion = await signIn(loop.orion);
	const left = new Map<string, number>();
	const queues = new Map<string, Ioc[]>();
	let iocs = 0;
	let reading: string | undefined;

	const send = async (batch: readonly Ioc[]) => {
		await orion.post(
			`iocs/${batch[0]?.path}?retrospective=false`,
			batch.map(({ key, row }) => ({
				[key]: row.value,
				AdditionalData: '',
				DaysToExpiration: '365',
				Source: 'MISP',
				Policy: '',
				Description: row.Event.uuid,
			})),
		);
		for (const { row } of batch) left.set(row.Event.uuid, (left.get(row.Event.uuid) ?? 0) - 1);
	};
	const settle = async (uuid: string) => {
		left.delete(uuid);
		await misp.post('/tags/attachTagToObject', { uuid, tag: CONTROL_TAGS.uploaded, local: true });
		await misp.post('/tags/removeTagFromObject', { uuid, tag: loop.tag });
	};
	/** Sends all full batches, at the end the others too, and settles the events of which nothing is left. */
	const advance = async (atEnd: boolean) => {
		const batches = [...queues.values()].flatMap((queue) => {
			const take = atEnd ? queue.length : queue.length - (queue.length % loop.batchSize);
			return chunks(queue.splice(0, take), loop.batchSize);
		});
		await inParallel(batches, loop.concurrency, send);
		const done = [...left].filter(([uuid, count]) => count === 0 && (atEnd || uuid !== reading));
		await inParallel(done, loop.concurrency, async ([uuid]) => await settle(uuid));
	};

	for await (const rows of pages(misp, loop)) {
		for (const row of rows) {
			const kind = ORION[row.type];
			if (!kind) throw new Error(`The bare loop knows no attributes of type ${row.type}`);
			const queue = queues.get(kind.path) ?? [];
			queues.set(kind.path, queue);
			queue.push({ row, ...kind });
			left.set(row.Event.uuid, (left.get(row.Event.uuid) ?? 0) + 1);
		}
		iocs += rows.length;
		reading = rows.at(-1)?.Event.uuid;
		await advance(false);
	}
	await advance(true);
	return { iocs, ms: performance.now() - started };
}

/** By time of change, so that what is settled meanwhile moves nothing. The answer's headers say whether there is more. */
async function* pages(misp: AxiosInstance, { tag, pageSize }: Loop): AsyncGenerator<Row[]> {
	let since = 0;
	let lastId = 0;
	for (;;) {
		const { data, headers } = await misp.post<{ response: { Attribute: Row[] } }>('/attributes/restSearch', {
			tags: [tag],
			published: 1,
			to_ids: 1,
			type: Object.keys(ORION),
			enforceWarninglist: 1,
			includeContext: 1,
			includeEventTags: 1,
			timestamp: since,
			order: ['Attribute.timestamp asc', 'Attribute.id asc'],
			limit: pageSize,
			page: 1,
		});
		const rows = data.response.Attribute;
		const after = lastId;
		const fresh = rows.filter(({ id }) => Number(id) > after);
		if (fresh.length > 0) yield fresh;
		const last = rows.at(-1);
		if (!last || Number(headers['x-result-count']) <= pageSize) return;
		since = Number(last.timestamp);
		lastId = Number(last.id);
	}
}

async function signIn(access: OrionAccess): Promise<AxiosInstance> {
	const { data } = await axios.post<{ access_token: string }>(
		access.tokenUrl,
		new URLSearchParams({
			grant_type: 'password',
			scope: 'orion.api',
			username: access.username,
			password: access.password,
		}),
		{ auth: { username: access.clientId, password: access.clientSecret } },
	);
	return axios.create({ baseURL: access.apiUrl, headers: { Authorization: `Bearer ${data.access_token}` } });
}

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
	Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
