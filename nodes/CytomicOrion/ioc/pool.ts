import type { Batch } from './batch';
import { batches } from './batch';
import type { IocType } from './types';
import { iocTypeNames } from './types';

/**
 * Fills batches from what comes in portions: what one portion leaves over goes with the next one. It waits for that one only, so that
 * nothing waits for ever for others of its type.
 */
export class Pool<E extends { readonly type: IocType }> {
	private readonly waiting = new Map<IocType, E[]>();

	constructor(private readonly size: number) {}

	/** Takes a portion in. What is to be sent now: full batches, and whatever waited before this portion. */
	add(portion: readonly E[]): Array<Batch<E>> {
		return iocTypeNames.flatMap((type) => {
			const before = this.waiting.get(type) ?? [];
			const all = [...before, ...portion.filter((entry) => entry.type === type)];
			const mustGo = before.length > 0 && all.length < this.size;
			const going = mustGo ? all.length : all.length - (all.length % this.size);
			this.waiting.set(type, all.slice(going));
			return batches(all.slice(0, going), this.size);
		});
	}

	/** All that waits. */
	rest(): Array<Batch<E>> {
		const all = [...this.waiting.values()].flat();
		this.waiting.clear();
		return batches(all, this.size);
	}
}
