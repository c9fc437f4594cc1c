import type { Row } from './rows';

export type Key = readonly [time: number, id: number];

/** How a search is gone through. */
export interface Walk {
	order?: string | string[];
	key: (row: Row) => Key;
	/** The timestamp filter follows what was read, so that rows that move while we read cannot shift those still to come. */
	followsTime: boolean;
	/** Rows out of this order mean that the server ignores `order`. */
	strict: boolean;
	/** X-Result-Count is the total. */
	counted: boolean;
	/** Two pages share some rows, which shows that nothing went missing in between. */
	overlaps: boolean;
}

const number = (value: unknown): number =>
	typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
export const byChange: Walk = {
	order: ['Attribute.timestamp asc', 'Attribute.id asc'],
	key: (row) => [number(row.timestamp), number(row.id)],
	followsTime: true,
	strict: true,
	counted: false,
	overlaps: true,
};
export const byId: Walk = {
	order: 'Attribute.id asc',
	key: (row) => [0, number(row.id)],
	followsTime: false,
	strict: false,
	counted: false,
	overlaps: true,
};
export const eventsById: Walk = { ...byId, order: 'Event.id asc', counted: true };
/** Object searches know no order, and two rows may swap places between pages. */
export const asTheyCome: Walk = {
	key: () => [0, Number.NaN],
	followsTime: false,
	strict: false,
	counted: false,
	overlaps: false,
};

export function compare(a: Key, b: Key): number {
	return a[0] - b[0] || a[1] - b[1];
}

export function isSorted(keys: readonly Key[]): boolean {
	return keys.every((key, index) => {
		const previous = keys[index - 1];
		return !key.some(Number.isNaN) && (previous === undefined || compare(previous, key) <= 0);
	});
}
