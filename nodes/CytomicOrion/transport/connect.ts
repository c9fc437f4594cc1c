import type { IHttpRequestMethods } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { connectionTrouble } from '../../shared/connection';
import type { Answer, Caller, NoAnswer } from '../../shared/http';
import { exchange } from '../../shared/http';
import { Problem } from '../../shared/problem';
import { once, patient, serverDelay, withRetry } from '../../shared/retry';
import { apiBase } from './addresses';
import type { OrionProblem, Reading } from './answer';
import { readAnswer } from './answer';

export const credentialType = 'cytomicOrionApi';

export interface Ask {
	method: IHttpRequestMethods;
	/** Path below /api/v1, such as /applications/iocs/ipioc. */
	path: string;
	query?: Record<string, string>;
	body?: object;
	/** False for what must not happen twice, such as a reboot. */
	repeatable?: boolean;
}

export interface Orion {
	/** Resolves to data or to the problem; retries are over by then. */
	ask(request: Ask): Promise<Reading>;
	/** Resolves to the answer's body; throws a `Problem` otherwise. */
	data(request: Ask): Promise<unknown>;
}

const timeoutMs = 60_000;

/** n8n renews the token on a 401 and tries once more. Where workers renew at the same time one may lose its token again: so it gets this many more goes. */
const renewals = 2;

/** Opens Orion with the credential of the node. Every request passes here: token, retries and the reading of answers. */
export async function connect(caller: Caller): Promise<Orion> {
	const credential = await caller.getCredentials(credentialType);
	const base = apiBase(String(credential.apiUrl));

	const send = async (request: Ask): Promise<Reading> => {
		let refusedTokens = 0;
		const { reading } = await withRetry(request.repeatable === false ? once : patient, sleep, async () => {
			const reply = await exchange(caller, credentialType, {
				method: request.method,
				url: base + request.path,
				headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
				timeoutMs,
				renewOn: [401],
				...(request.query && { query: request.query }),
				...(request.body && { body: request.body }),
			});
			const unauthorized = reply.kind === 'answer' && reply.status === 401 && ++refusedTokens <= renewals;
			const judged = reply.kind === 'answer' ? judgeAnswer(reply, request.path) : judgeSilence(reply, base);
			return { ...judged, transient: judged.transient || unauthorized };
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

const judgeAnswer = (reply: Answer, path: string) => {
	const reading = readAnswer({ ...reply, path });
	return {
		reading,
		transient: reading.kind === 'problem' && reading.problem.transient,
		serverDelayMs: serverDelay(reply.headers, Date.now()),
	};
};

const judgeSilence = ({ code, reason }: NoAnswer, url: string) => {
	const trouble = connectionTrouble(code, { server: 'Orion', url, urlField: 'API URL' });
	const problem: OrionProblem = {
		code: code === 'ERR_CANCELED' ? 'stopped' : 'no_answer',
		// Without a network code it was the sign-in that did not come off, and the reason says why.
		message: trouble?.message ?? reason,
		advice: trouble?.advice ?? 'Check the Cytomic Orion credential of this node.',
		transient: trouble?.transient ?? false,
	};
	return { reading: { kind: 'problem', problem } satisfies Reading, transient: problem.transient };
};
