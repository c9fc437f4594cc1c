import type { NextStep, Part } from './halve';
import { halve } from './halve';
import type { Send, SendResult } from './send';

type Answered<E> = Part<E, SendResult>;

const isShort = ({ items, answer }: Answered<unknown>): boolean =>
	answer.kind === 'accepted' && answer.counted !== undefined && answer.counted < items.length;

const countsNone = ({ answer }: Answered<unknown>): boolean => answer.kind === 'accepted' && answer.counted === 0;

function nextStep(part: Answered<unknown>): NextStep {
	if (part.answer.kind === 'unavailable') return 'stop';
	return isShort(part) && !countsNone(part) ? 'halve' : 'keep';
}

const accepted: SendResult = { kind: 'accepted' };
const notCounted: SendResult = {
	kind: 'unavailable',
	code: 'not_counted',
	message: 'Orion accepted the request but did not count this IOC, however often it was sent',
};

/**
 * Settles what a short count means. Orion accepts a batch with a bare "n added", and nothing public says
 * whether n leaves out what Orion has already or what it quietly drops. Sending again tells, and does no harm:
 *
 * - now it counts all: fine;
 * - now it counts none: it counts only what is new, and has everything;
 * - now it falls short again: it counts what it keeps. Halves show which IOCs it doesn't; those are not counted as done.
 */
export async function confirm<E>(part: Answered<E>, send: Send<E>): Promise<Array<Answered<E>>> {
	if (!isShort(part)) return [part];
	const again = await halve(part.items, send, nextStep);
	return again.map((found) => {
		const isWhole = found.items.length === part.items.length;
		if (found.answer.kind === 'unavailable') return found;
		const isKept = found.answer.kind === 'accepted' && (isWhole || !countsNone(found));
		return { items: found.items, answer: isKept ? accepted : notCounted };
	});
}
