import { isFields } from '../../shared/fields';
import { factsOf, type Facts, type MispAnswer, type MispProblem } from './answers/facts';
import { successfulRedirect } from './answers/redirects';
import { situations, type Situation } from './answers/situations';

export type { MispAnswer, MispProblem } from './answers/facts';

/**
 * What a MISP answer really says. `verify` is set where MISP answers alike whether or not it did anything, and says how to make sure.
 * A body of `{}` stands for a success that came without one.
 */
export type Reading =
	| { kind: 'data'; body: unknown; headers: Record<string, unknown>; verify?: string }
	| { kind: 'problem'; problem: MispProblem };

function covers(situation: Situation, facts: Facts): boolean {
	return (
		(situation.status === undefined || situation.status.includes(facts.status)) &&
		(situation.says === undefined || situation.says.test(facts.words)) &&
		(situation.at === undefined || situation.at.test(`/${facts.path}`)) &&
		(situation.method === undefined || situation.method === facts.method) &&
		(situation.html === undefined || situation.html === facts.html) &&
		(situation.unsaved === undefined || situation.unsaved === facts.unsaved) &&
		(situation.also === undefined || situation.also(facts))
	);
}

// Words inside a 200 are data, not a refusal ("Event already exists" may be the name of an event): only these calls say no in a 200.
function mayBeRefused(facts: Facts): boolean {
	return (
		facts.status >= 300 ||
		facts.status < 200 ||
		facts.html ||
		facts.unsaved ||
		/\/(feeds\/fetch|sightings\/add)/.test(`/${facts.path}`)
	);
}

function problem(situation: Situation, facts: Facts): MispProblem {
	const worded = (wording: Situation['message']) => (typeof wording === 'string' ? wording : wording(facts));
	return {
		code: situation.code,
		message: worded(situation.message),
		advice: worded(situation.advice),
		retry: situation.retry ?? 'no',
		...(facts.words === '' ? {} : { misp: facts.words }),
		...(isFields(facts.body) && isFields(facts.body.errors) ? { errors: facts.body.errors } : {}),
	};
}

/** Reads an answer of MISP: its data, or what went wrong and what to change. MISP's status codes alone mislead. */
export function readAnswer(answer: MispAnswer): Reading {
	const facts = factsOf(answer);
	const redirect = successfulRedirect(facts);
	if (redirect) return { kind: 'data', body: {}, headers: answer.headers, ...redirect };
	if (mayBeRefused(facts)) {
		const situation = situations.find((one) => covers(one, facts));
		if (situation) return { kind: 'problem', problem: problem(situation, facts) };
	}
	const empty = answer.body === '' || answer.body === undefined || answer.body === null;
	return { kind: 'data', body: empty ? {} : answer.body, headers: answer.headers };
}
