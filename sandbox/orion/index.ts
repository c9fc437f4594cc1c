import Fastify, { type FastifyInstance } from 'fastify';
import { type Faults, installFaults } from '../faults';
import { installRequestLog, type LoggedRequest } from '../requestLog';
import { alertRoutes } from './alerts';
import { answerErrorsAsJson } from './answers';
import { type Behaviour, defaultBehaviour } from './behaviour';
import { Clock } from './clock';
import type { Counts, Orion } from './context';
import { Estate } from './estate';
import { explorationRoutes } from './explorations';
import { forensicsRoutes } from './forensics';
import { type Indicator, Indicators } from './indicators';
import { iocRoutes } from './iocs/routes';
import { IocStore } from './iocs/store';
import { demandBearer, TOKEN_PATH, tokenRoutes } from './oauth';
import { osQueryRoutes } from './osQuery';
import { allPermissions, type Permissions } from './permissions';
import { remediationRoutes } from './remediations';
import { type Credentials, Tokens } from './tokens';

export type { Behaviour } from './behaviour';
export type { Computer, KnownFile } from './estate';
export type { Indicator, IndicatorStatus } from './indicators';
export type { StoredIoc } from './iocs/store';
export { type IocType, iocKey } from './iocs/types';
export type { Action, Permissions } from './permissions';
export type { Credentials, TokenLife } from './tokens';

export interface OrionOptions {
	port?: number;
	/** Added to every answer, in milliseconds. */
	latencyMs?: number;
	behaviour?: Partial<Behaviour>;
}

/** A stand-in for Cytomic Orion on loopback: its API, and the levers to see and set what is behind it. */
export interface OrionSandbox {
	readonly url: string;
	/** `…/api/v1/applications/`, the form users know from the vendor's examples. */
	readonly apiUrl: string;
	readonly tokenUrl: string;
	readonly credentials: Credentials;
	readonly behaviour: Behaviour;
	readonly permissions: Permissions;
	readonly tokens: Tokens;
	readonly clock: Clock;
	/** The IOCs held, keyed `type:value`, e.g. `domainioc:evil.com` (see `iocKey`). */
	readonly iocs: IocStore;
	readonly counts: Counts;
	/** Computers, files and events, to seed with `seedComputer`, `seedFile` and `seedEvent`. */
	readonly estate: Estate;
	/** Alerts, to seed with `seed`. */
	readonly indicators: Indicators;
	readonly tables: Orion['tables'];
	readonly faults: Faults;
	readonly requests: LoggedRequest[];
	/** From now on, a batch that holds this value is refused. */
	refuse(value: string): void;
	/** Makes all tokens useless. */
	revokeTokens(): void;
	/**
	 * A value is met on a computer. Gives the indicator, or `undefined` where no active IOC has the value:
	 * Orion raises nothing then, and no more than one for the same computer and IOC within an hour.
	 */
	raiseHit(hit: { iocValue: string; muid: string }): Indicator | undefined;
	closeIndicator(id: string, verdict?: { falsePositive?: boolean }): Indicator;
	/** An offline computer is back, and does what it was asked meanwhile. */
	bringOnline(muid: string): void;
	close(): Promise<void>;
}

const CREDENTIALS: Credentials = {
	clientId: 'orion-sandbox-client',
	clientSecret: 'orion-sandbox-secret',
	username: 'n8n-application',
	password: 'orion-sandbox-password',
};
const API_PATH = '/api/v1';
const BODY_LIMIT = 256 * 1024 * 1024;

function createServer(): FastifyInstance {
	const app = Fastify({
		bodyLimit: BODY_LIMIT,
		forceCloseConnections: true,
		// A double slash was seen to work on a tenant (`…/applications//iocs/…`); the vendor writes the eraser with a slash at its end.
		routerOptions: {
			ignoreDuplicateSlashes: true,
			ignoreTrailingSlash: true,
			caseSensitive: false,
		},
	});
	app.removeContentTypeParser('text/plain');
	// What the vendor's page asks for with every POST; plain JSON was seen to work as well.
	app.addContentTypeParser(
		'application/json-patch+json',
		{ parseAs: 'string' },
		app.getDefaultJsonParser('error', 'error'),
	);
	return app;
}

function delayAnswers(app: FastifyInstance, milliseconds: number): void {
	if (milliseconds > 0) app.addHook('preHandler', (_request, _reply, done) => void setTimeout(done, milliseconds));
}

export async function startOrion(options: OrionOptions = {}): Promise<OrionSandbox> {
	const clock = new Clock();
	const credentials = { ...CREDENTIALS };
	const tokens = new Tokens(credentials, clock);
	const indicators = new Indicators(clock);
	const orion: Orion = {
		clock,
		behaviour: { ...defaultBehaviour(), ...options.behaviour },
		permissions: allPermissions(),
		iocs: new IocStore(clock),
		refusedValues: new Set(),
		counts: { importCalls: 0, imported: 0, refusedCalls: 0, eraseCalls: 0, erased: 0 },
		estate: new Estate(clock),
		indicators,
		tables: new Map(),
	};

	let url = '';
	let bringOnline: OrionSandbox['bringOnline'] = () => undefined;
	const app = createServer();
	const requests = installRequestLog(app);
	const faults = installFaults(app);
	delayAnswers(app, options.latencyMs ?? 0);
	answerErrorsAsJson(app);
	await app.register(async (auth) => tokenRoutes(auth, tokens));
	await app.register(
		async (api) => {
			demandBearer(api, tokens);
			answerErrorsAsJson(api);
			iocRoutes(api, orion);
			alertRoutes(api, orion);
			forensicsRoutes(api, orion);
			bringOnline = remediationRoutes(api, orion);
			osQueryRoutes(api, app, orion, () => url);
			explorationRoutes(api, orion);
		},
		{ prefix: API_PATH },
	);
	url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });

	return {
		url,
		apiUrl: `${url}${API_PATH}/applications/`,
		tokenUrl: `${url}${TOKEN_PATH}`,
		credentials,
		...orion,
		tokens,
		faults,
		requests,
		refuse: (value) => void orion.refusedValues.add(value.toLowerCase()),
		revokeTokens: () => tokens.revokeTokens(),
		raiseHit({ iocValue, muid }) {
			const computer = orion.estate.computer(muid);
			if (!computer) throw new Error(`The sandbox has no computer ${muid}.`);
			const [ioc] = orion.iocs.activeOf(iocValue);
			return ioc && indicators.raiseRealTime(ioc, computer);
		},
		closeIndicator: (id, verdict) => indicators.close(id, verdict),
		bringOnline,
		close: () => app.close(),
	};
}
