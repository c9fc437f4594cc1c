import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { column, operate } from './onMisp';

let misp: MispSandbox;
beforeEach(async () => {
	misp = await startMisp();
	misp.store.addEvent({
		info: 'One',
		attributes: [
			{ type: 'domain', value: 'c2.bad-actor.com' },
			{ type: 'domain|ip', value: 'other.bad-actor.com|45.155.204.7' },
		],
	});
	misp.store.addEvent({
		info: 'Two',
		attributes: [
			{ type: 'hostname', value: 'C2.bad-actor.com' },
			{ type: 'domain', value: 'elsewhere.com' },
		],
	});
});
afterEach(async () => await misp.close());

const input = [
	{ computer: 'PC-1', ioc: { value: 'c2.bad-actor.com' } },
	{ computer: 'PC-2', ioc: { value: 'c2.bad-actor.com' } },
	{ computer: 'PC-3', ioc: { value: '45.155.204.7' } },
	{ computer: 'PC-4' },
];
const same = async (output: string) => {
	const run = await operate(misp, 'attribute.findSame', { valueField: 'ioc.value', filters: {}, output }, { input });
	expect(run.error).toBeUndefined();
	return run;
};

test('each attribute with the value of an item is found once', async () => {
	const run = await same('attributes');
	expect(column(run, 'value')).toEqual(['c2.bad-actor.com', 'other.bad-actor.com|45.155.204.7', 'C2.bad-actor.com']);
	expect(column(run, 'item')).toEqual([undefined, undefined, undefined]);
});

test('each pair of an item and an attribute comes out, with the item in it', async () => {
	const run = await same('pairs');
	expect(run.items.map(({ json, pairedItem }) => [json.event_info, json.value, json.item, pairedItem])).toEqual([
		['One', 'c2.bad-actor.com', input[0], { item: 0 }],
		['One', 'c2.bad-actor.com', input[1], { item: 1 }],
		['One', 'other.bad-actor.com|45.155.204.7', input[2], { item: 2 }],
		['Two', 'C2.bad-actor.com', input[0], { item: 0 }],
		['Two', 'C2.bad-actor.com', input[1], { item: 1 }],
	]);
});
