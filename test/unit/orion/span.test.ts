import fc from 'fast-check';
import type { Order } from '../../../nodes/CytomicOrion/indicators/span';
import { halves, longestSpan, parts } from '../../../nodes/CytomicOrion/indicators/span';

const orders: Order[] = ['oldest first', 'newest first'];
const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const span = fc
	.tuple(time, fc.integer({ min: 0, max: 40 * longestSpan }))
	.map(([from, length]) => ({ from, to: from + length }));

test.each(orders)('parts of a stretch leave no gap and none is longer than Orion takes (%s)', (order) => {
	fc.assert(
		fc.property(span, (whole) => {
			const found = parts(whole, order);
			const ascending = order === 'oldest first' ? found : [...found].reverse();
			expect(ascending[0]?.from).toBe(whole.from);
			expect(ascending.at(-1)?.to).toBe(whole.to);
			ascending.forEach((part, n) => {
				expect(part.to - part.from).toBeLessThanOrEqual(longestSpan + 1);
				if (n > 0) expect(part.from).toBe(ascending[n - 1]?.to);
			});
		}),
	);
});

test('a stretch that ends before it begins has no parts', () => {
	expect(parts({ from: 2, to: 1 }, 'oldest first')).toEqual([]);
});

test('halves of halves come to an end, and cover the whole', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 200 }), fc.constantFrom(...orders), (length, order) => {
			const smallest: number[] = [];
			const open = [{ from: 1_000, to: 1_000 + length }];
			for (let part = open.pop(); part; part = open.pop()) {
				const smaller = halves(part, order);
				if (smaller.length > 0) open.push(...smaller);
				else for (let at = part.from; at <= part.to; at++) smallest.push(at);
			}
			expect(new Set(smallest).size).toBe(length + 1);
		}),
	);
});
