import { bisect } from './bisect';
import { confirm } from './confirm';
import type { Sendable } from './entry';
import type { Part } from './halve';
import type { Send, SendResult } from './send';
import type { Outcome } from './types';

/** An accepted request whose count differs from what was sent. */
export interface Miscount {
	readonly sent: number;
	readonly counted: number;
}

export interface Delivery {
	/** One per entry sent, by its id. */
	readonly outcomes: ReadonlyMap<number, Outcome>;
	readonly miscounted: readonly Miscount[];
}

function outcomeOf(answer: SendResult, done: 'imported' | 'deleted'): Outcome {
	switch (answer.kind) {
		case 'accepted':
			return { status: done };
		case 'refused':
			return { status: 'failed', final: true, code: 'refused', message: answer.message };
		case 'unavailable':
			return { status: 'failed', final: false, code: answer.code, message: answer.message };
	}
}

function miscountOf({ items, answer }: Part<unknown, SendResult>): Miscount[] {
	if (answer.kind !== 'accepted' || answer.counted === undefined || answer.counted === items.length) return [];
	return [{ sent: items.length, counted: answer.counted }];
}

/** Sends one batch to the end: bisected where refused, confirmed where the count falls short. `done` is what acceptance means. */
export async function deliver<E extends Sendable>(
	entries: readonly E[],
	send: Send<E>,
	done: 'imported' | 'deleted',
): Promise<Delivery> {
	const parts = await bisect(entries, send);
	const outcomes = new Map<number, Outcome>();
	for (const part of parts) {
		for (const { items, answer } of await confirm(part, send)) {
			for (const { id } of items) outcomes.set(id, outcomeOf(answer, done));
		}
	}
	return { outcomes, miscounted: parts.flatMap(miscountOf) };
}
