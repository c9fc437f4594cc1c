import type { Fault, RealAnswer } from '../../../sandbox/faults';
import type { Haste, RequestKind } from './job';

/** A way in which a request may go wrong. */
export interface FaultKind {
	readonly name: string;
	/** What the servers do to a request of this kind. */
	readonly fault: (kind: RequestKind) => Omit<Fault, 'method' | 'path' | 'body' | 'after'>;
	/** False where it makes no sense for the kind. */
	readonly suits?: (kind: RequestKind) => boolean;
	readonly haste?: Partial<Haste>;
}

const page = '<!DOCTYPE html><html><head><title>Oops</title></head><body><h1>Oops</h1></body></html>';
/** What waits for an answer in vain waits for a fraction of a second. */
const impatient = { timeouts: 1 / 800 };
/** Longer than any patience, in ms. */
const never = 2_000_000_000;

const misps = (name: string, message = name) => ({ name, message, url: '/' });

/** An error in the words that each server has for it. */
const refusal =
	(status: number, mispSays: string, headers?: Record<string, string>): FaultKind['fault'] =>
	({ server }) => ({
		answer: {
			status,
			body:
				server === 'misp'
					? misps(mispSays)
					: { httpStatusCode: status, success: false, message: '', error: `Status ${status}` },
			...(headers && { headers }),
		},
	});

const rejected =
	'Authentication failed. Please make sure you pass the API key of an API enabled user along in the Authorization header.';

const once =
	(fault: FaultKind['fault']): FaultKind['fault'] =>
	(kind) => ({ ...fault(kind), times: 1 });

/** The answer with another count than the real one: in the header of a search, in the words of an import. */
const miscounting =
	(by: number) =>
	({ counts }: RequestKind) => ({
		alter: ({ headers, body }: RealAnswer): Partial<RealAnswer> =>
			counts === 'rows'
				? { headers: { ...headers, 'x-result-count': String(by < 0 ? 0 : 99_999) } }
				: { body: body.replace(/(?<=iocs: )\d+/, (count) => String(Math.max(0, Number(count) + by))) },
	});

const isCounted = ({ counts }: RequestKind): boolean => counts !== undefined;

export const faults: readonly FaultKind[] = [
	{ name: 'the port is shut for good', fault: () => ({ shutMs: Infinity }) },
	{ name: 'the port is shut for a moment', fault: () => ({ shutMs: 4, times: 1 }) },
	{ name: 'the connection is reset', fault: () => ({ drop: true, times: 1 }) },
	{ name: 'the connection is reset each time', fault: () => ({ drop: true }) },
	{ name: 'no answer ever comes', fault: () => ({ latencyMs: never }), haste: impatient },
	{ name: 'it is done, but no answer comes', fault: () => ({ stall: 0, times: 1 }), haste: impatient },
	{ name: 'the answer stalls', fault: () => ({ stall: 0.5, times: 1 }), haste: impatient },
	{ name: 'the answer comes slowly', fault: () => ({ trickleMs: 2 }) },
	{ name: '401 once', fault: once(refusal(401, rejected)) },
	{ name: '401 for ever', fault: refusal(401, rejected) },
	{ name: '403', fault: refusal(403, 'You do not have permission to use this functionality.') },
	{ name: '404', fault: refusal(404, 'Not Found') },
	{ name: '429 with Retry-After', fault: once(refusal(429, 'Rate limit exceeded.', { 'retry-after': '2' })) },
	{ name: '429 without Retry-After', fault: refusal(429, 'Rate limit exceeded.') },
	{ name: '500', fault: refusal(500, 'An Internal Error Has Occurred.') },
	{ name: '502 with a web page', fault: () => ({ answer: { status: 502, body: page } }) },
	{
		name: '200 with success: false',
		fault: ({ server }) => ({
			answer: {
				status: 200,
				body:
					server === 'misp'
						? { saved: false, success: false, errors: 'It could not be done.' }
						: { httpStatusCode: 400, success: false, message: '', error: 'It could not be done.' },
			},
		}),
	},
	{ name: '200 with nothing but success: false', fault: () => ({ answer: { status: 200, body: { success: false } } }) },
	{ name: '200 with a web page', fault: () => ({ answer: { status: 200, body: page } }) },
	{
		name: '200 with nothing',
		fault: () => ({ answer: { status: 200, body: '' } }),
		// What Orion's eraser says when it is done is not public, nor how it says that it holds none of what was asked for: nothing may be just that.
		suits: ({ path }) => !/eraser|getter/.test(path.source),
	},
	{ name: 'the answer breaks off each time', fault: () => ({ truncate: true }) },
	{
		name: 'half of the JSON comes as if it were all',
		fault: () => ({ alter: ({ body }) => ({ body: body.slice(0, Math.floor(body.length / 2)) }), times: 1 }),
	},
	{ name: 'a count that is too low', fault: miscounting(-1), suits: isCounted },
	{ name: 'a count that is too high', fault: miscounting(1), suits: isCounted },
];
