import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { accepted } from '../../../sandbox/orion/answers';
import { IOC_TYPES, type IocType, iocTypeNamed } from '../../../sandbox/orion/iocs/types';

const CREDENTIALS = {
	clientId: 'bench-client',
	clientSecret: 'bench-secret',
	username: 'bench-application',
	password: 'bench-password',
} as const;
const TOKEN = 'bench-token';
const IOCS = /^\/api\/v1\/applications\/+iocs\/(\w+)(?:\/(eraser))?\/*$/;

/** Where it is, and how to sign in. */
export interface OrionAccess {
	apiUrl: string;
	tokenUrl: string;
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
}

/**
 * An Orion that takes IOCs, erases them and counts how many different ones it holds: no more than a hash of each, so that it is never what
 * a run waits for. It answers as the sandbox's does.
 */
export class CountingOrion {
	/** Before each answer, in milliseconds. */
	latencyMs = 0;
	/** More than an IOC a request: how often one came that was there already. */
	repeated = 0;
	private readonly held = new Set<number>();
	private readonly server = createServer((request, response) => {
		this.answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
	});

	async listen(): Promise<OrionAccess> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		const address = this.server.address();
		const port = typeof address === 'object' && address !== null ? address.port : 0;
		const url = `http://127.0.0.1:${port}`;
		return { apiUrl: `${url}/api/v1/applications/`, tokenUrl: `${url}/oauth/token`, ...CREDENTIALS };
	}

	get count(): number {
		return this.held.size;
	}

	clear(): void {
		this.held.clear();
		this.repeated = 0;
	}

	close(): void {
		this.server.closeAllConnections();
		this.server.close();
	}

	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await text(request);
		if (this.latencyMs > 0) await pause(this.latencyMs);
		const { status, json } = this.work(request, body);
		const answer = JSON.stringify(json);
		response
			.writeHead(status, {
				'content-type': 'application/json; charset=utf-8',
				'content-length': Buffer.byteLength(answer),
			})
			.end(answer);
	}

	private work({ url = '', headers }: IncomingMessage, body: string): { status: number; json: unknown } {
		const [path = ''] = url.split('?');
		if (path === '/oauth/token') return { status: 200, json: this.token() };
		const [, name = '', eraser] = IOCS.exec(path) ?? [];
		const type = iocTypeNamed(name);
		if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, json: {} };
		if (!type) return { status: 404, json: {} };
		const hashes = valuesIn(type, body).map((value) => hashOf(type, value));
		const { label } = IOC_TYPES[type];
		if (eraser !== undefined) {
			const erased = hashes.filter((hash) => this.held.delete(hash)).length;
			return { status: 200, json: accepted(`iocs: ${erased} ${label} deleted.`) };
		}
		for (const hash of hashes) {
			if (this.held.has(hash)) this.repeated += 1;
			this.held.add(hash);
		}
		return { status: 200, json: accepted(`iocs: ${hashes.length} ${label} added.`) };
	}

	private token() {
		return {
			access_token: TOKEN,
			token_type: 'Bearer',
			expires_in: 3600,
			refresh_token: 'bench-refresh',
			scope: 'orion.api',
		};
	}
}

function valuesIn(type: IocType, body: string): string[] {
	const sent: unknown = JSON.parse(body);
	const { valueKey } = IOC_TYPES[type];
	if (!Array.isArray(sent)) throw new Error('The body must be an array of IOCs.');
	return sent.map((ioc: Record<string, unknown>) => String(ioc[valueKey]));
}

/** 53 bits: among a million IOCs, two of one hash are not to be expected. */
function hashOf(type: IocType, value: string): number {
	let high = type.length;
	let low = type.charCodeAt(0);
	for (let at = 0; at < value.length; at++) {
		const code = value.charCodeAt(at);
		high = Math.imul(high ^ code, 0x01000193);
		low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13);
	}
	return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
