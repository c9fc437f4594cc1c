import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { installFaults, type Faults } from '../faults';
import { installRequestLog, type LoggedRequest } from '../requestLog';
import type { Server } from './call';
import { installDispatch } from './dispatch';
import { DecayingBook } from './decaying';
import { ReportBook } from './eventReports';
import { attributeExtras, eventParts } from './extras';
import { FeedBook } from './feeds';
import { GalaxyBook } from './galaxies';
import { JobQueue } from './jobs';
import { Logbook } from './logbook';
import { defaultNoticelists } from './noticelists';
import { ObjectBook } from './objects';
import { keepPace, type Pace } from './pace';
import { ProposalBook } from './proposals';
import { controllers } from './routes';
import { SettingBook } from './settings';
import { SharingGroupBook } from './sharingGroups';
import { SightingBook } from './sightings';
import { MispStore } from './store';
import { TaxonomyBook } from './taxonomies';
import { WarninglistBook } from './warninglistBook';

export interface MispOptions {
	/** 0, the default, for any free port. */
	readonly port?: number;
	/** Worker mode (the default), or everything done before the answer. */
	readonly backgroundJobs?: boolean;
	/** For a MISP below a path, e.g. `/misp`. */
	readonly basePath?: string;
	/** Until a worker publishes an event; about a second on a real server. */
	readonly publishDelayMs?: number;
	/** What it holds; empty but for its users when left out. */
	readonly store?: MispStore;
	/** How long it takes over requests; at once when left out. */
	readonly pace?: Pace;
}

export interface MispSandbox
	extends Pick<
		Server,
		| 'store'
		| 'feeds'
		| 'jobs'
		| 'warninglists'
		| 'taxonomies'
		| 'objects'
		| 'settings'
		| 'sightings'
		| 'proposals'
		| 'galaxies'
		| 'decaying'
		| 'reports'
		| 'noticelists'
		| 'sharingGroups'
	> {
	/** Without a slash at the end, the base path included. */
	readonly url: string;
	/** Auth keys of the host organisation's users, and of a publisher of another organisation. */
	readonly keys: {
		readonly admin: string;
		readonly publisher: string;
		readonly user: string;
		readonly readOnly: string;
		readonly otherOrg: string;
	};
	readonly faults: Faults;
	readonly requests: LoggedRequest[];
	close(): Promise<void>;
}

/** Events with tens of thousands of attributes are sent in one body. */
const BODY_LIMIT = 256 * 1024 * 1024;
/** Bulk tagging puts thousands of ids into one path part at times. */
const MAX_PARAM_LENGTH = 100_000;

/** A MISP 2.5.1 on loopback, empty but for its users, default feeds, warninglists and taxonomies. */
export async function startMisp({
	port = 0,
	backgroundJobs = true,
	basePath = '',
	publishDelayMs = 300,
	store = new MispStore(),
	pace,
}: MispOptions = {}): Promise<MispSandbox> {
	const app = Fastify({
		bodyLimit: BODY_LIMIT,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
	});
	const requests = installRequestLog(app);
	const faults = installFaults(app);
	if (pace) keepPace(app, pace);
	// Whatever the content type says, MISP reads JSON; broken JSON is answered after the key was checked.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
		done(null, body),
	);

	const books = {
		store,
		sightings: new SightingBook(),
		proposals: new ProposalBook(),
		decaying: new DecayingBook(store.hostOrg),
		galaxies: new GalaxyBook(store.hostOrg),
		reports: new ReportBook(),
		sharingGroups: new SharingGroupBook(),
	};
	const server: Server = {
		jobs: new JobQueue(backgroundJobs),
		feeds: new FeedBook(),
		warninglists: new WarninglistBook(),
		taxonomies: new TaxonomyBook(),
		objects: new ObjectBook(),
		settings: new SettingBook('', backgroundJobs),
		publishDelayMs,
		baseUrl: '',
		...books,
		logbook: new Logbook(),
		noticelists: defaultNoticelists(),
		extras: attributeExtras(books),
		eventParts: (event) => eventParts(books, event),
	};
	installDispatch(app, server, controllers, basePath);
	await app.listen({ host: '127.0.0.1', port });
	const address: AddressInfo | string | null = app.server.address();
	if (address === null || typeof address === 'string') throw new Error('The MISP stand-in has no port');
	server.baseUrl = `http://127.0.0.1:${address.port}${basePath}`;
	server.settings.set('MISP.baseurl', server.baseUrl);
	const key = (email: string): string => server.store.userByEmail(email).key;
	return {
		...server,
		url: server.baseUrl,
		keys: {
			admin: key('admin@admin.test'),
			publisher: key('publisher@admin.test'),
			user: key('user@admin.test'),
			readOnly: key('readonly@admin.test'),
			otherOrg: key('other@admin.test'),
		},
		faults,
		requests,
		close: async () => {
			await server.jobs.close();
			await app.close();
		},
	};
}
