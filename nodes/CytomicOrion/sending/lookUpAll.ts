import { inParallel } from '../../shared/inParallel';
import { byIoc } from '../answers/ioc';
import type { Row } from '../answers/row';
import type { IocType, Sendable } from '../ioc';
import { batches, iocKey } from '../ioc';
import { halve } from '../ioc/halve';
import type { OrionProblem, Reading } from '../transport/answer';
import type { Orion } from '../transport/connect';
import { valuesOf } from './requests';

export interface LookingUp {
	orion: Orion;
	batchSize: number;
	concurrency: number;
	/** The path that takes the values of a type. */
	path: (type: IocType) => string;
}

/** What Orion says of IOCs, by `iocKey`. */
export interface LookedUp {
	found: Map<string, Row>;
	/** Values that Orion won't have, and its words. */
	refused: Map<string, string>;
	/** What kept Orion from answering; the rest was not asked then. */
	problem?: OrionProblem;
}

/** Asks Orion about IOCs in batches per type. One value that it refuses does not cost the others. */
export async function lookUpAll(
	entries: readonly Sendable[],
	{ orion, batchSize, concurrency, path }: LookingUp,
): Promise<LookedUp> {
	const answers: LookedUp = { found: new Map(), refused: new Map() };
	await inParallel(batches(entries, batchSize), concurrency, async ({ type, entries: batch }) => {
		if (answers.problem) return;
		const parts = await halve(
			batch,
			async (part) => await orion.ask({ method: 'POST', path: path(type), body: valuesOf(type, part) }),
			({ answer }) => (isRefusal(answer) ? 'halve' : 'keep'),
		);
		for (const { items, answer } of parts) {
			if (answer.kind === 'data') for (const [key, row] of byIoc(type, answer.body)) answers.found.set(key, row);
			else if (isRefusal(answer)) for (const entry of items) answers.refused.set(iocKey(entry), answer.problem.message);
			else answers.problem ??= answer.problem;
		}
	});
	return answers;
}

const isRefusal = (reading: Reading): boolean => reading.kind === 'problem' && reading.problem.code === 'refused';
