import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readRawBody, replay } from './rawBody';

/** A misbehaviour to inject. What is left out matches everything. */
export interface Fault {
	method?: string;
	/** A string is compared with the end of the path without its query; an expression is tested on path and query. */
	path?: string | RegExp;
	/** Tested on the raw request body: "refuse the batch that holds this value". */
	body?: RegExp;
	/** Let this many matching requests pass first. */
	after?: number;
	/** How often to strike; for ever when left out. */
	times?: number;
	/** Wait before whatever else happens; alone, it only delays the real answer. */
	latencyMs?: number;
	/** Sent in place of the real answer, which is then never worked out. A string goes out raw, anything else as JSON. */
	answer?: { status: number; headers?: Record<string, string>; body?: unknown };
	/** Destroy the socket without an answer. */
	drop?: boolean;
	/** Let the request do its work, then send half of the answer and destroy the socket. */
	truncate?: boolean;
}

interface Armed {
	readonly fault: Fault;
	matched: number;
}

function matchesPath(wanted: Fault['path'], url: string): boolean {
	if (wanted === undefined) return true;
	if (typeof wanted === 'string') return (url.split('?')[0] ?? '').endsWith(wanted);
	return url.search(wanted) >= 0;
}

function matches(fault: Fault, request: FastifyRequest, body: Buffer): boolean {
	if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false;
	if (!matchesPath(fault.path, request.url)) return false;
	return fault.body === undefined || body.toString('utf8').search(fault.body) >= 0;
}

/** The faults of one server. The first that applies to a request strikes; the others wait. */
export class Faults {
	private armed: Armed[] = [];

	add(fault: Fault): void {
		this.armed.push({ fault, matched: 0 });
	}

	clear(): void {
		this.armed = [];
	}

	get isEmpty(): boolean {
		return this.armed.length === 0;
	}

	/** The fault that strikes this request, which is counted by doing so. */
	strike(request: FastifyRequest, body: Buffer): Fault | undefined {
		for (const armed of this.armed) {
			if (!matches(armed.fault, request, body)) continue;
			const first = armed.fault.after ?? 0;
			const beyond = first + (armed.fault.times ?? Infinity);
			const turn = armed.matched++;
			if (turn >= first && turn < beyond) return armed.fault;
		}
		return undefined;
	}
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}

function contentTypeOf(body: string): string {
	return body.trimStart().startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8';
}

function answerInstead(reply: FastifyReply, answer: NonNullable<Fault['answer']>): void {
	const { body } = answer;
	reply.code(answer.status);
	if (typeof body === 'string') reply.type(contentTypeOf(body));
	else if (body !== undefined) reply.type('application/json; charset=utf-8');
	reply.headers(answer.headers ?? {});
	reply.send(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
}

function sendHalf(reply: FastifyReply, payload: string | Buffer): void {
	const whole = Buffer.from(payload);
	for (const [name, value] of Object.entries(reply.getHeaders()))
		if (value !== undefined) reply.raw.setHeader(name, value);
	reply.raw.setHeader('content-length', whole.length);
	reply.raw.writeHead(reply.statusCode);
	reply.raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () => reply.raw.destroy());
}

/** Makes a server misbehave on demand, on every route and on paths that don't exist. Call before any route. */
export function installFaults(app: FastifyInstance): Faults {
	const faults = new Faults();
	const toTruncate = new WeakSet<FastifyRequest>();

	// Before the body is parsed and before authentication, as a proxy in front of the server would.
	app.addHook('preParsing', (request, reply, payload, done) => {
		if (faults.isEmpty) return done(null, payload);
		const decide = async (): Promise<void> => {
			const body = await readRawBody(request, payload);
			const fault = faults.strike(request, body);
			if (fault?.latencyMs) await pause(fault.latencyMs);
			if (fault?.drop) request.raw.socket.destroy();
			else if (fault?.answer) answerInstead(reply, fault.answer);
			else {
				if (fault?.truncate) toTruncate.add(request);
				done(null, replay(body));
			}
		};
		decide().catch((error: Error) => done(error, payload));
	});
	app.addHook('onSend', (request, reply, payload, done) => {
		const cuttable = typeof payload === 'string' || Buffer.isBuffer(payload);
		if (!toTruncate.has(request) || !cuttable) return done(null, payload);
		sendHalf(reply, payload);
	});
	return faults;
}
