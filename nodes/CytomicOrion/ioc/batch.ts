import type { IocType } from './types';
import { iocTypeNames } from './types';

/** What goes up in one request: IOCs of one type, since Orion has a path per type. */
export interface Batch<E> {
	readonly type: IocType;
	readonly entries: readonly E[];
}

/** Splits entries into batches of at most `size`, per type, in their order. */
export function batches<E extends { readonly type: IocType }>(entries: readonly E[], size: number): Array<Batch<E>> {
	if (!Number.isInteger(size) || size < 1)
		throw new RangeError(`The batch size must be a whole number of at least 1, and is ${size}`);
	return iocTypeNames.flatMap((type) => {
		const ofType = entries.filter((entry) => entry.type === type);
		return Array.from({ length: Math.ceil(ofType.length / size) }, (_, n) => ({
			type,
			entries: ofType.slice(n * size, (n + 1) * size),
		}));
	});
}
