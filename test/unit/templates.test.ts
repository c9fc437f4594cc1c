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

interface Point {
	x: number;
	y: number;
}

/** Points of the curve that the editor draws from the right side of one node to the left side of another that is further right. */
function curve(from: Drawn, to: Drawn): Point[] {
	const middle = nodeSize.width / 2;
	const source = { x: start(from, 0) + nodeSize.width, y: start(from, 1) + middle };
	const across = start(to, 0) - source.x;
	const down = start(to, 1) + middle - source.y;
	return Array.from({ length: 101 }, (_, step) => step / 100).map((t) => ({
		x: source.x + across * (1.5 * t * (1 - t) + t ** 3),
		y: source.y + down * (3 * t ** 2 - 2 * t ** 3),
	}));
}

const isOn = (note: Drawn, { x, y }: Point): boolean =>
	start(note, 0) < x && x < end(note, 0) && start(note, 1) < y && y < end(note, 1);

const overlap = (one: Drawn, other: Drawn): boolean =>
	[0, 1].every((axis) => start(one, axis) < end(other, axis) && start(other, axis) < end(one, axis));
const start = ({ position }: Drawn, axis: number): number => position[axis] ?? 0;
const end = (drawn: Drawn, axis: number): number => {
	const { width, height } = { ...nodeSize, ...drawn.parameters };
	return start(drawn, axis) + (axis === 0 ? width : height);
};

describe.each([...templates()])('the canvas of %s', (_, json) => {
	const { nodes, connections } = jsonParse<{
		nodes: Drawn[];
		connections: Record<string, { main: Array<Array<{ node: string }>> }>;
	}>(json);
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

	test('no connection runs over a note that it has nothing to do with', () => {
		// The rounded corner of a note may be touched.
		const touched = 40;
		const byName = new Map(steps.map((step) => [step.name, step]));
		const runsOver = Object.entries(connections).flatMap(([source, { main }]) =>
			main.flat().flatMap(({ node: target }) => {
				const [from, to] = [byName.get(source), byName.get(target)];
				if (!from || !to || start(to, 0) < end(from, 0)) return [];
				const others = notes.filter((note) => !overlap(note, from) && !overlap(note, to));
				return others
					.filter((note) => {
						const heights = curve(from, to)
							.filter((point) => isOn(note, point))
							.map(({ y }) => y);
						return Math.max(...heights) - Math.min(...heights) > touched;
					})
					.map((note) => `${source} to ${target} over ${note.name}`);
			}),
		);
		expect(runsOver).toEqual([]);
	});
});
