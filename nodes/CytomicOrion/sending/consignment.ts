import type { Delivery, Miscount, Outcome, Sendable } from '../ioc';
import type { OrionProblem } from '../transport/answer';

/** What was given to a sending in one go, until all of it is through. */
export class Consignment<E extends Sendable> {
	/** What last kept Orion from judging some of it. */
	trouble?: OrionProblem;
	/** Resolves with what became of all of it; rejects with what broke off the sending. */
	readonly through: Promise<Delivery>;
	private readonly outcomes = new Map<number, Outcome>();
	private readonly miscounted: Miscount[] = [];
	private resolve: (delivery: Delivery) => void = () => undefined;
	private reject: (failure: unknown) => void = () => undefined;

	constructor(
		readonly entries: readonly E[],
		private readonly delivered: (outcomes: Delivery['outcomes']) => void = () => undefined,
	) {
		this.through = new Promise((resolve, reject) => {
			this.resolve = resolve;
			this.reject = reject;
		});
		this.conclude();
	}

	/** A part of it is through. */
	deliver({ outcomes, miscounted }: Delivery): void {
		for (const [id, outcome] of outcomes) this.outcomes.set(id, outcome);
		this.miscounted.push(...miscounted);
		this.delivered(outcomes);
		this.conclude();
	}

	fail(failure: unknown): void {
		this.reject(failure);
	}

	private conclude(): void {
		if (this.outcomes.size === this.entries.length)
			this.resolve({ outcomes: this.outcomes, miscounted: this.miscounted });
	}
}
