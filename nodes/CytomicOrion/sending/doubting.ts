import type { IocType, Sendable, SendResult } from '../ioc';
import { allRefused } from '../ioc';
import { limits } from '../limits';

type SendOf<E> = (type: IocType, entries: readonly E[]) => Promise<SendResult>;

/** What Orion has made of the IOCs of one type so far. */
interface History {
	hasAccepted: boolean;
	/** IOCs refused one by one. */
	refusedAlone: number;
	words: Set<string>;
	/** Under way or done: are all IOCs of this type refused? */
	verdict?: Promise<SendResult | undefined>;
}

/**
 * Finding refused IOCs costs requests: one for each, and some more to get there. That is well spent on a few bad values, and not where
 * Orion refuses all IOCs of a type for what they share (their policy, their texts). So after some refusals and no success, a sample
 * spread over all of them is tried; where Orion refuses that too, with the same words, no more of this type are sent. It remembers over all
 * that goes through it.
 */
export function doubting(): <E extends Sendable>(entries: readonly E[], send: SendOf<E>) => SendOf<E> {
	const histories = new Map<IocType, History>();
	const historyOf = (type: IocType): History => {
		const history = histories.get(type) ?? { hasAccepted: false, refusedAlone: 0, words: new Set() };
		histories.set(type, history);
		return history;
	};

	const note = (history: History, part: readonly unknown[], answer: SendResult) => {
		if (answer.kind === 'accepted') history.hasAccepted = true;
		if (answer.kind !== 'refused' || part.length > 1) return;
		history.refusedAlone += 1;
		history.words.add(answer.message);
	};

	const judge = async <E extends Sendable>(
		type: IocType,
		history: History,
		{ sample, send }: { sample: readonly E[]; send: SendOf<E> },
	): Promise<SendResult | undefined> => {
		for (const entry of sample) {
			const answer = await send(type, [entry]);
			note(history, [entry], answer);
			if (answer.kind !== 'refused' || history.words.size > 1) return undefined;
		}
		const [message = ''] = history.words;
		return { kind: 'unavailable', code: allRefused, message };
	};

	return (entries, send) => async (type, part) => {
		const history = historyOf(type);
		const isDoubtful =
			!history.hasAccepted && history.refusedAlone >= limits.refusalsToDoubt && history.words.size === 1;
		const sample = isDoubtful && !history.verdict ? sampleOf(type, entries) : undefined;
		if (sample) history.verdict = judge(type, history, { sample, send });
		const verdict = await history.verdict;
		if (verdict) return verdict;
		const answer = await send(type, part);
		note(history, part, answer);
		return answer;
	};
}

const sampleOf = <E extends Sendable>(type: IocType, entries: readonly E[]): E[] | undefined =>
	spread(
		entries.filter((entry) => entry.type === type),
		limits.refusalSample,
	);

/** So many items, evenly spread; undefined where there are too few for a sample to save anything. */
function spread<Item>(items: readonly Item[], count: number): Item[] | undefined {
	if (items.length < 3 * count) return undefined;
	const step = items.length / count;
	return Array.from({ length: count }, (_, at) => items.slice(Math.floor(at * step))[0]).filter(
		(item) => item !== undefined,
	);
}
