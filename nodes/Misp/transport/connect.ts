import type { IHttpRequestMethods } from 'n8n-workflow';
import { connectionTrouble } from '../../shared/connection';
import type { Answer, Caller, NoAnswer } from '../../shared/http';
import { exchange } from '../../shared/http';
import { pausing } from '../../shared/pause';
import { Problem } from '../../shared/problem';
import { patient, serverDelay, withRetry } from '../../shared/retry';
import type { Withholding } from '../../shared/withhold';
import { withholding } from '../../shared/withhold';
import type { MispProblem, Reading } from './answer';
import { readAnswer } from './answer';

export const credentialType = 'mispInstanceApi';

export interface Ask {
	method: IHttpRequestMethods;
	/** Path on the server, such as /events/view/1. */
	path: string;
	body?: object;
	/** True where sending it twice does no harm. MISP's searches are POSTs, and so are its idempotent tag calls. */
	repeatable?: boolean;
	timeoutMs?: number;
	binary?: boolean;
}

/** MISP's answer, read: its data, or what stands in the way. */
export type MispData = Extract<Reading, { kind: 'data' }>;

export interface Misp {
	/** Base URL, without a slash at the end. */
	readonly url: string;
	/** Resolves to data or to the problem, for callers to whom some problems are answers. */
	ask(request: Ask): Promise<Reading>;
	/** Resolves to the answer's data; throws a `Problem` otherwise. */
	get(path: string): Promise<MispData>;
	/** A POST that only reads, or that does no harm when it is sent twice. */
	post(path: string, body?: object, options?: Partial<Ask>): Promise<MispData>;
	/** A POST that must not be sent twice once MISP may have seen it. */
	create(path: string, body: object, options?: Partial<Ask>): Promise<MispData>;
}

const defaultTimeoutMs = 120_000;

/** Opens MISP with the credential of the node. Every request passes here: authentication, retries and the reading of answers. */
export async function connect(caller: Caller): Promise<Misp> {
	const credential = await caller.getCredentials(credentialType);
	const url = String(credential.url).trim().replace(/\/+$/, '');
	const pause = pausing(caller);
	const secrets = withholding([credential.apiKey]);

	const ask = async (request: Ask): Promise<Reading> => {
		const { reading } = await withRetry(patient, pause, async () => {
			const reply = await exchange(caller, credentialType, {
				method: request.method,
				url: url + request.path,
				headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
				timeoutMs: request.timeoutMs ?? defaultTimeoutMs,
				secrets: async () => secrets,
				...(request.body && { body: request.body }),
				...(request.binary && { binary: true }),
			});
			return judge(reply, request, url, secrets);
		});
		return reading;
	};

	const expectData = async (request: Ask): Promise<MispData> => {
		const reading = await ask(request);
		if (reading.kind === 'data') return reading;
		throw problemOf(reading.problem);
	};

	return {
		url,
		ask,
		get: async (path) => await expectData({ method: 'GET', path }),
		post: async (path, body = {}, options = {}) =>
			await expectData({ method: 'POST', path, body, repeatable: true, ...options }),
		create: async (path, body, options = {}) => await expectData({ method: 'POST', path, body, ...options }),
	};
}

export const problemOf = ({ message, advice, code }: MispProblem): Problem => new Problem(message, advice, code);

/** Situations of an answer that another try may find gone (see answers/situations.ts, retry: later). */
const passingTroubles: ReadonlySet<string> = new Set(['unavailable', 'too_slow', 'rate_limited', 'server_fault']);

function judge(reply: Answer | NoAnswer, request: Ask, url: string, secrets: Withholding) {
	const repeatable = request.repeatable ?? request.method === 'GET';
	if (reply.kind === 'no answer') {
		const trouble = connectionTrouble(reply.code, { server: 'MISP', url, urlField: 'URL' });
		const problem: MispProblem = {
			code: trouble || reply.advice === undefined ? 'no_answer' : reply.code,
			message:
				trouble?.message ??
				(reply.advice === undefined ? `The request to MISP was not sent: ${reply.reason}` : reply.reason),
			advice: trouble?.advice ?? reply.advice ?? 'Check the MISP credential of this node.',
			retry: 'no',
		};
		const reading: Reading = { kind: 'problem', problem };
		// Where the credential's own look at MISP met a passing trouble, the request itself was not sent yet.
		const passing = trouble ? trouble.transient && (repeatable || trouble.unsent) : passingTroubles.has(reply.code);
		return { reading, transient: passing };
	}
	const body = request.binary ? bytesOrJson(reply, secrets) : reply.body;
	const reading = readAnswer({
		method: request.method,
		path: request.path,
		status: reply.status,
		headers: reply.headers,
		body,
	});
	const later = reading.kind === 'problem' && reading.problem.retry === 'later';
	return {
		reading,
		// A request that was refused for its rate was not carried out: it may be sent again, whatever it does.
		transient: later && (repeatable || reply.status === 429),
		serverDelayMs: serverDelay(reply.headers, Date.now()),
	};
}

/** A file stays bytes; where there is none to be had, MISP says why in JSON, or a web server in HTML. */
function bytesOrJson({ status, headers, body }: Answer, secrets: Withholding): unknown {
	if (!(body instanceof Uint8Array)) return body;
	const isFile = status === 200 && !/text\/html/i.test(String(headers['content-type'] ?? ''));
	return isFile ? body : secrets.json(parsedText(new TextDecoder().decode(body)));
}

function parsedText(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
