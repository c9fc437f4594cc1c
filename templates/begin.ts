import type { Canvas, NodeSpec } from './canvas';
import { manual } from './nodes';

interface Begin {
	title: string;
	when: NodeSpec;
	settings?: NodeSpec;
}

/** The triggers, one by the clock and one by hand, and the settings. Returns the node to go on from. */
export function begin(canvas: Canvas, { title, when, settings: edit }: Begin): string {
	canvas.note(0, 0, 2, title, { rows: 2, colour: 6 });
	const clock = canvas.place(0, 0, when);
	const hand = canvas.place(0, 1, manual);
	const first = canvas.place(1, 0, edit ?? { name: 'Start', type: 'n8n-nodes-base.noOp', version: 1 });
	canvas.connect(clock, first);
	canvas.connect(hand, first);
	return first;
}
