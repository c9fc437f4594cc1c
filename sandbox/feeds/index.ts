import Fastify from 'fastify';
import { type Faults, installFaults } from '../faults';
import { installRequestLog, type LoggedRequest } from '../requestLog';
import { type CsvRow, csvFeedRows, freetextFeedLines, mispFeedEvents } from './content';
import { MispFeed } from './mispFeed';

export { type CsvRow } from './content';
export {
	type AttributeSketch,
	attributesOf,
	type EventSketch,
	feedEvent,
	type FeedAttribute,
	type FeedEvent,
} from './mispEvent';
export type { MispFeed } from './mispFeed';

/** A feed as it is to be added in MISP. */
export interface FeedInfo {
	name: string;
	url: string;
	format: 'misp' | 'csv' | 'freetext';
	/** MISP's settings for the format: which column holds the value, counted from 1. */
	settings?: { csv: { value: string; delimiter: string } };
}

export interface FeedServer {
	readonly url: string;
	readonly feeds: FeedInfo[];
	/** Content of the MISP feed, with `update`, `revoke`, `add` and `remove`. */
	readonly misp: MispFeed;
	/** Rows of the CSV feed: edit in place. */
	readonly csv: CsvRow[];
	/** Lines of the free-text feed: edit in place. */
	readonly freetext: string[];
	readonly faults: Faults;
	readonly requests: LoggedRequest[];
	close(): Promise<void>;
}

const DEFAULT_SEED = 'sandbox';

function csvText(rows: readonly CsvRow[]): string {
	return ['# Sandbox Feed Two: first seen, value, threat', ...rows.map((row) => row.join(','))].join('\n').concat('\n');
}

/** Three threat feeds on loopback, as MISP would fetch them from the internet; the same content for the same `seed`. */
export async function startFeeds(options: { port?: number; seed?: string } = {}): Promise<FeedServer> {
	const seed = options.seed ?? DEFAULT_SEED;
	const misp = new MispFeed(mispFeedEvents(seed));
	const csv = csvFeedRows(seed);
	const freetext = freetextFeedLines(seed);

	const app = Fastify({
		forceCloseConnections: true,
		routerOptions: { ignoreDuplicateSlashes: true },
	});
	const requests = installRequestLog(app);
	const faults = installFaults(app);
	app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/html').send('<h1>404 Not Found</h1>'));
	app.get('/misp/manifest.json', () => misp.manifest());
	app.get('/misp/hashes.csv', (_request, reply) => reply.type('text/csv').send(misp.hashes()));
	app.get<{ Params: { uuid: string } }>('/misp/:uuid.json', (request, reply) => {
		const event = misp.events.find(({ uuid }) => uuid === request.params.uuid);
		return event ? reply.send({ Event: event }) : reply.callNotFound();
	});
	app.get('/iocs.csv', (_request, reply) => reply.type('text/csv').send(csvText(csv)));
	app.get('/freetext.txt', (_request, reply) => reply.type('text/plain').send(`${freetext.join('\n')}\n`));
	const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });

	return {
		url,
		feeds: [
			{ name: 'Sandbox Feed One', url: `${url}/misp`, format: 'misp' },
			{
				name: 'Sandbox Feed Two',
				url: `${url}/iocs.csv`,
				format: 'csv',
				settings: { csv: { value: '2', delimiter: ',' } },
			},
			{ name: 'Sandbox Feed Three', url: `${url}/freetext.txt`, format: 'freetext' },
		],
		misp,
		csv,
		freetext,
		faults,
		requests,
		close: () => app.close(),
	};
}
