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
	/** Let the request do its work, send this share of the answer (0 to 1), then nothing more: the connection stays open. */
	stall?: number;
	/** Let the request do its work, and send the answer in ten pieces with a pause of so many milliseconds before each. */
	trickleMs?: number;
	/** Let the request do its work, and send another answer than the real one. */
	alter?: (answer: RealAnswer) => Partial<RealAnswer>;
	/** Drop the connection and stop listening, so that others are refused: for so many milliseconds, or until `open`. */
	shutMs?: number;
	/** Done before whatever else happens: what others do to the server's data meanwhile. */
	meanwhile?: () => void | Promise<void>;
}

/** What the server would have sent. */
export interface RealAnswer {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string | number | string[] | undefined>>;
	body: string;
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

	constructor(private readonly listen: () => Promise<void> = async () => undefined) {}

	add(fault: Fault): void {
		this.armed.push({ fault, matched: 0 });
	}

	clear(): void {
		this.armed = [];
	}

	/** Listens again after `shutMs`, on the same port. */
	async open(): Promise<void> {
		await this.listen();
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

function isText(payload: unknown): payload is string | Buffer {
	return typeof payload === 'string' || Buffer.isBuffer(payload);
}

/** Sends the head of the answer and gives its body, for those who send that in their own way. */
function headSent(reply: FastifyReply, payload: string | Buffer): Buffer {
	const whole = Buffer.from(payload);
	for (const [name, value] of Object.entries(reply.getHeaders()))
		if (value !== undefined) reply.raw.setHeader(name, value);
	reply.raw.setHeader('content-length', whole.length);
	reply.raw.writeHead(reply.statusCode);
	return whole;
}

function sendShare(reply: FastifyReply, payload: string | Buffer, share: number, then: () => void): void {
	const whole = headSent(reply, payload);
	reply.raw.write(whole.subarray(0, Math.floor(whole.length * share)), then);
}

const PIECES = 10;

async function sendSlowly(reply: FastifyReply, payload: string | Buffer, pauseMs: number): Promise<void> {
	const whole = headSent(reply, payload);
	const length = Math.ceil(whole.length / PIECES);
	for (let start = 0; start < whole.length && !reply.raw.destroyed; start += length) {
		await pause(pauseMs);
		reply.raw.write(whole.subarray(start, start + length));
	}
	reply.raw.end();
}

/** What becomes of the real answer; undefined where it goes out as it is. */
function tamper(fault: Fault, reply: FastifyReply, payload: string | Buffer): string | undefined {
	if (fault.truncate) sendShare(reply, payload, 1 / 2, () => reply.raw.destroy());
	else if (fault.stall === 0) return undefined;
	else if (fault.stall !== undefined) sendShare(reply, payload, fault.stall, () => undefined);
	else if (fault.trickleMs !== undefined) void sendSlowly(reply, payload, fault.trickleMs);
	else if (fault.alter) return altered(fault.alter, reply, payload);
	return undefined;
}

function altered(alter: NonNullable<Fault['alter']>, reply: FastifyReply, payload: string | Buffer): string {
	const real: RealAnswer = { status: reply.statusCode, headers: reply.getHeaders(), body: String(payload) };
	const { status, headers, body } = { ...real, ...alter(real) };
	reply.code(status);
	reply.headers(headers);
	reply.removeHeader('content-length');
	return body;
}

const tampers = ({ truncate, stall, trickleMs, alter }: Fault): boolean =>
	truncate === true || stall !== undefined || trickleMs !== undefined || alter !== undefined;

/** Closes the port and the connections of a server, and opens the same port again. */
function doorOf(app: FastifyInstance): { shut(): void; open(): Promise<void> } {
	const { server } = app;
	let port: number | undefined;
	return {
		shut() {
			const address = server.address();
			if (address === null || typeof address === 'string') return;
			port = address.port;
			server.close();
			server.closeAllConnections();
		},
		async open() {
			if (port === undefined || server.listening) return;
			const listening = new Promise<void>((resolve) => server.once('listening', resolve));
			server.listen(port, '127.0.0.1');
			await listening;
		},
	};
}

/** Makes a server misbehave on demand, on every route and on paths that don't exist. Call before any route. */
export function installFaults(app: FastifyInstance): Faults {
	const door = doorOf(app);
	const faults = new Faults(async () => await door.open());
	const toTamperWith = new WeakMap<FastifyRequest, Fault>();

	const shutFor = (milliseconds: number): void => {
		door.shut();
		if (Number.isFinite(milliseconds)) void pause(milliseconds).then(async () => await door.open());
	};

	// Before the body is parsed and before authentication, as a proxy in front of the server would.
	app.addHook('preParsing', (request, reply, payload, done) => {
		if (faults.isEmpty) return done(null, payload);
		const decide = async (): Promise<void> => {
			const body = await readRawBody(request, payload);
			const fault = faults.strike(request, body);
			if (fault?.latencyMs) await pause(fault.latencyMs);
			await fault?.meanwhile?.();
			if (fault?.shutMs !== undefined) shutFor(fault.shutMs);
			else if (fault?.drop) request.raw.socket.destroy();
			else if (fault?.answer) answerInstead(reply, fault.answer);
			else {
				if (fault && tampers(fault)) toTamperWith.set(request, fault);
				done(null, replay(body));
			}
		};
		decide().catch((error: Error) => done(error, payload));
	});
	app.addHook('onSend', (request, reply, payload, done) => {
		const fault = toTamperWith.get(request);
		if (!fault || !isText(payload)) return done(null, payload);
		const instead = tamper(fault, reply, payload);
		if (instead !== undefined) done(null, instead);
	});
	// A server that does not listen could not be closed.
	app.addHook('preClose', async () => await door.open());
	return faults;
}
