import { setTimeout as pause } from 'node:timers/promises';
import { workAhead } from '../../../nodes/shared/stream';

async function* upTo(last: number, failure?: Error): AsyncGenerator<number> {
	for (let value = 1; value <= last; value++) yield await Promise.resolve(value);
	if (failure) throw failure;
}

describe('Work on what a source yields', () => {
	test('is awaited before the failure of the source is passed on', async () => {
		const done: number[] = [];
		const work = async (value: number) => {
			await pause(5);
			done.push(value);
		};
		const run = workAhead(upTo(2, new Error('MISP is gone')), { inHand: 5, work, isOver: () => false });
		await expect(run).rejects.toThrow('MISP is gone');
		expect(done).toEqual([1, 2]);
	});

	test('is awaited before the failure of other work is passed on, and no more is begun', async () => {
		const done: number[] = [];
		const begun: number[] = [];
		let goOn: () => void = () => undefined;
		const afterTheRefusal = new Promise<void>((resolve) => (goOn = resolve));
		const work = async (value: number) => {
			begun.push(value);
			if (value === 2) {
				setImmediate(goOn);
				throw new Error('refused');
			}
			await afterTheRefusal;
			done.push(value);
		};
		const run = workAhead(upTo(9), { inHand: 2, work, isOver: () => false });
		await expect(run).rejects.toThrow('refused');
		expect(done).toEqual([1]);
		expect(begun).toEqual([1, 2]);
	});

	test.each([
		['the source has no more', 3, () => false],
		['nobody wants more', 9, () => true],
	])('is told that %s while the last of it is still under way', async (_, last, isOver) => {
		const order: string[] = [];
		let release: () => void = () => undefined;
		const released = new Promise<void>((resolve) => (release = resolve));
		await workAhead(upTo(last), {
			inHand: 4,
			work: async (value) => {
				await released;
				order.push(`done ${value}`);
			},
			isOver,
			ended: () => {
				order.push('ended');
				release();
			},
		});
		expect(order[0]).toBe('ended');
	});

	test('is no more than so much at once', async () => {
		let atOnce = 0;
		let most = 0;
		const work = async () => {
			most = Math.max(most, ++atOnce);
			await pause(1);
			atOnce -= 1;
		};
		await workAhead(upTo(20), { inHand: 3, work, isOver: () => false });
		expect(most).toBe(3);
	});
});
