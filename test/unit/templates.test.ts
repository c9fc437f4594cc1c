import { jsonParse } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from '../../templates/workflows';

const folder = join(__dirname, '../../workflows');

test('workflows/ is what templates/ builds (npm run templates)', () => {
	const built = templates();
	expect(readdirSync(folder).sort()).toEqual([...built.keys()].map((name) => `${name}.json`).sort());
	for (const [name, json] of built) expect(readFileSync(join(folder, `${name}.json`), 'utf8')).toBe(json);
});

interface Drawn {
	name: string;
	type: string;
	position: [number, number];
	/** A note has a size. */
	parameters: { width?: number; height?: number };
}

// What the editor draws of a node: 96 wide, with its name below it.
const nodeSize = { width: 96, height: 144 };

const overlap = (one: Drawn, other: Drawn): boolean =>
	[0, 1].every((axis) => start(one, axis) < end(other, axis) && start(other, axis) < end(one, axis));
const start = ({ position }: Drawn, axis: number): number => position[axis] ?? 0;
const end = (drawn: Drawn, axis: number): number => {
	const { width, height } = { ...nodeSize, ...drawn.parameters };
	return start(drawn, axis) + (axis === 0 ? width : height);
};

describe.each([...templates()])('the canvas of %s', (_, json) => {
	const { nodes } = jsonParse<{ nodes: Drawn[] }>(json);
	const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	const steps = nodes.filter((node) => !notes.includes(node));
	const hits = (some: Drawn[], others: Drawn[]): string[] =>
		some.flatMap((one) =>
			others.filter((other) => other !== one && overlap(one, other)).map((other) => `${one.name} and ${other.name}`),
		);

	test('no node covers another', () => {
		expect(hits(steps, steps)).toEqual([]);
	});

	test('no note covers another', () => {
		expect(hits(notes, notes)).toEqual([]);
	});

	test('no node sticks out of the note it is on', () => {
		const sticksOut = steps.filter((step) =>
			notes.some(
				(note) =>
					overlap(step, note) &&
					[0, 1].some((axis) => start(step, axis) < start(note, axis) || end(step, axis) > end(note, axis)),
			),
		);
		expect(sticksOut.map(({ name }) => name)).toEqual([]);
	});
});
