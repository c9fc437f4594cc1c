import fc from 'fast-check';
import { type IocType, iocTypeNames, Pool } from '../../../nodes/CytomicOrion/ioc';

interface Waiting {
	readonly type: IocType;
	readonly portion: number;
	readonly place: number;
}

const portions = fc
	.array(fc.array(fc.constantFrom(...iocTypeNames), { maxLength: 40 }), { maxLength: 12 })
	.map((all) => all.map((types, portion) => types.map((type, place): Waiting => ({ type, portion, place }))));
const sizes = fc.integer({ min: 1, max: 15 });

describe('What comes in portions', () => {
	test('goes out once each, in batches of one type that are never too large', () => {
		fc.assert(
			fc.property(portions, sizes, (all, size) => {
				const pool = new Pool<Waiting>(size);
				const sent = [...all.flatMap((portion) => pool.add(portion)), ...pool.rest()];
				for (const { type, entries } of sent) {
					expect(entries.length).toBeGreaterThan(0);
					expect(entries.length).toBeLessThanOrEqual(size);
					expect(entries.every((entry) => entry.type === type)).toBe(true);
				}
				const out = sent.flatMap(({ entries }) => entries);
				expect(out).toHaveLength(all.flat().length);
				expect(new Set(out)).toEqual(new Set(all.flat()));
			}),
		);
	});

	test('waits for the next portion at most', () => {
		fc.assert(
			fc.property(portions, sizes, (all, size) => {
				const pool = new Pool<Waiting>(size);
				const out = new Set<Waiting>();
				for (const [number, portion] of all.entries()) {
					for (const { entries } of pool.add(portion)) for (const entry of entries) out.add(entry);
					expect(
						all
							.slice(0, number)
							.flat()
							.filter((entry) => !out.has(entry)),
					).toEqual([]);
				}
			}),
		);
	});

	test('fills a batch with what the portion before left over', () => {
		const pool = new Pool<Waiting>(4);
		const portion = (number: number, count: number) =>
			Array.from({ length: count }, (_, place): Waiting => ({ type: 'domain', portion: number, place }));
		const shape = (sent: ReturnType<typeof pool.add>) =>
			sent.map(({ entries }) => entries.map((entry) => entry.portion));
		expect(shape(pool.add(portion(1, 6)))).toEqual([[1, 1, 1, 1]]);
		expect(shape(pool.add(portion(2, 5)))).toEqual([[1, 1, 2, 2]]);
		expect(shape(pool.add(portion(3, 0)))).toEqual([[2, 2, 2]]);
		expect(pool.rest()).toEqual([]);
	});
});
