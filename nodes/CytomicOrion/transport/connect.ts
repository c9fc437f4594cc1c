import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { connectionTrouble } from '../../shared/connection';
import type { Answer, Caller, NoAnswer } from '../../shared/http';
import { exchange } from '../../shared/http';
import { pausing } from '../../shared/pause';
import { Problem } from '../../shared/problem';
import { patient, serverDelay, withRetry } from '../../shared/retry';
import { withholding } from '../../shared/withhold';
import { apiBase } from './addresses';
import type { OrionProblem, Reading } from './answer';
import { readAnswer } from './answer';
import { inTurn } from './inTurn';
import { credentialFaults } from './signIn';

export const credentialType = 'cytomicOrionApi';

export interface Ask {
	method: IHttpRequestMethods;
	/** Path below /api/v1, such as /applications/iocs/ipioc. */
	path: string;
	query?: Record<string, string>;
	body?: object;
	/** False for what must not happen twice, such as a reboot. */
	repeatable?: boolean;
	/** How long to wait for the answer; a minute where it isn't said. */
	timeoutMs?: number;
}

export interface Orion {
	/** Resolves to data or to the problem; retries are over by then. */
	ask(request: Ask): Promise<Reading>;
	/** Resolves to the answer's body; throws a `Problem` otherwise. */
	data(request: Ask): Promise<unknown>;
}

const defaultTimeoutMs = 60_000;

/** n8n renews the token on a 401 and tries once more; where that failed too, a request gets this many more goes. */
const renewals = 3;

/** Opens Orion with the credential of the node. Every request passes here: token, retries and the reading of answers. */
export async function connect(caller: Caller): Promise<Orion> {
	const credential = await caller.getCredentials<IDataObject>(credentialType);
	const base = apiBase(String(credential.apiUrl));
	const pause = pausing(caller);
	const alone = inTurn();

	const attempt = async (request: Ask): Promise<Attempt> => {
		const reply = await exchange(caller, credentialType, {
			method: request.method,
			url: base + request.path,
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			timeoutMs: request.timeoutMs ?? defaultTimeoutMs,
			renewOn: [401],
			// The token alone goes to the API.
			secrets: async () => withholding([(await caller.getCredentials(credentialType)).accessToken]),
			...(request.query && { query: request.query }),
			...(request.body && { body: request.body }),
		});
		return reply.kind === 'answer' ? judgeAnswer(reply, request.path) : judgeSilence(reply, base);
	};

	const send = async (request: Ask): Promise<Reading> => {
		let refusedTokens = 0;
		const { reading } = await withRetry(patient, pause, async () => {
			// A new token may make the older ones useless. Requests that renew it at the same time would spoil it for each other
			// for ever: so those whose token was refused go on one by one.
			const tried = refusedTokens === 0 ? await attempt(request) : await alone(async () => await attempt(request));
			if (isUnauthorized(tried.reading) && ++refusedTokens <= renewals) return { ...tried, transient: true };
			return { ...tried, transient: tried.transient && (request.repeatable !== false || tried.unseen) };
		});
		return reading;
	};

	// The first request goes alone, so that one sign-in serves all that follow.
	let first: Promise<Reading> | undefined;
	const ask = async (request: Ask): Promise<Reading> => {
		if (!first) return await (first = send(request));
		await first;
		return await send(request);
	};

	return {
		ask,
		data: async (request) => {
			const reading = await ask(request);
			if (reading.kind === 'data') return reading.body;
			throw problemOf(reading.problem);
		},
	};
}

export const problemOf = ({ message, advice, code }: OrionProblem): Problem => new Problem(message, advice, code);

interface Attempt {
	reading: Reading;
	transient: boolean;
	/** Orion can't have acted on the request. */
	unseen: boolean;
	serverDelayMs?: number | undefined;
}

const isUnauthorized = (reading: Reading): boolean =>
	reading.kind === 'problem' && reading.problem.code === 'unauthorized';

function judgeAnswer(reply: Answer, path: string): Attempt {
	const reading = readAnswer({ ...reply, path });
	return {
		reading,
		transient: reading.kind === 'problem' && reading.problem.transient,
		unseen: reading.kind === 'problem' && reading.problem.code === 'rate_limited',
		serverDelayMs: serverDelay(reply.headers, Date.now()),
	};
}

/** No answer: the network, or the sign-in before the request, which tells itself what was wrong. */
function judgeSilence({ code, reason, advice }: NoAnswer, url: string): Attempt {
	const trouble = connectionTrouble(code, { server: 'Orion', url, urlField: 'API URL' });
	const fault = credentialFaults.find((known) => known.code === code);
	const problem: OrionProblem = {
		code: fault?.meaning ?? (code === 'ERR_CANCELED' ? 'stopped' : 'no_answer'),
		message: (advice === undefined ? trouble?.message : undefined) ?? reason,
		advice: advice ?? trouble?.advice ?? 'Check the Cytomic Orion credential of this node.',
		transient: fault?.transient ?? trouble?.transient ?? false,
	};
	return {
		reading: { kind: 'problem', problem },
		transient: problem.transient,
		unseen: advice !== undefined || trouble?.unsent === true,
	};
}
