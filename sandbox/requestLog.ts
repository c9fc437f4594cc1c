import type { FastifyInstance } from 'fastify';
import { hasBody, readRawBody, replay } from './rawBody';

export interface LoggedRequest {
	readonly method: string;
	/** As the client sent it, with the query string. */
	readonly path: string;
	/** JSON parsed, anything else as text; `undefined` without one, or when it was let go to bound memory. */
	readonly body: unknown;
	/** 0 while unanswered, and for ever when the connection was dropped. */
	readonly status: number;
	/** Size of the answer's body, in bytes. */
	readonly bytes: number;
}

/** Request bodies kept, in bytes; the oldest are let go first. Answers are never kept. */
const BODY_BUDGET = 64 * 1024 * 1024;

class Entry implements LoggedRequest {
	status = 0;
	bytes = 0;
	raw: Buffer | undefined;

	constructor(
		readonly method: string,
		readonly path: string,
	) {}

	/** Parsed when asked for: a bulk upload pays nothing for a log that nobody reads. */
	get body(): unknown {
		if (this.raw === undefined) return undefined;
		const text = this.raw.toString('utf8');
		try {
			return JSON.parse(text);
		} catch {
			return text;
		}
	}
}

function sizeOf(payload: unknown): number {
	if (typeof payload === 'string') return Buffer.byteLength(payload);
	return Buffer.isBuffer(payload) ? payload.length : 0;
}

/**
 * Every request in order of arrival, refused, failed and unknown ones included.
 * Call before `installFaults` and before any route; empty it with `log.length = 0`.
 */
export function installRequestLog(app: FastifyInstance, bodyBudget = BODY_BUDGET): LoggedRequest[] {
	const log: LoggedRequest[] = [];
	const withBody: Entry[] = [];
	const entries = new WeakMap<object, Entry>();
	let kept = 0;

	function keep(entry: Entry, raw: Buffer): void {
		entry.raw = raw;
		kept += raw.length;
		withBody.push(entry);
		while (kept > bodyBudget) {
			const oldest = withBody.shift();
			kept -= oldest?.raw?.length ?? 0;
			if (oldest) oldest.raw = undefined;
		}
	}

	app.addHook('onRequest', (request, _reply, done) => {
		const entry = new Entry(request.method, request.url);
		entries.set(request, entry);
		log.push(entry);
		done();
	});
	app.addHook('preParsing', (request, _reply, payload, done) => {
		const entry = entries.get(request);
		if (!entry || !hasBody(request)) return done(null, payload);
		// A client that hangs up halfway ends the reading with an error: Fastify's to answer.
		readRawBody(request, payload).then(
			(raw) => {
				keep(entry, raw);
				done(null, replay(raw));
			},
			(error: Error) => done(error, payload),
		);
	});
	app.addHook('onSend', (request, reply, payload, done) => {
		const entry = entries.get(request);
		if (entry) {
			entry.status = reply.statusCode;
			entry.bytes = sizeOf(payload);
		}
		done(null, payload);
	});
	return log;
}
