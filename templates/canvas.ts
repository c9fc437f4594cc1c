import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** A node of a template before it has a place. */
export interface NodeSpec {
	name: string;
	type: string;
	version: number;
	parameters?: INodeParameters;
	executeOnce?: true;
	alwaysOutputData?: true;
	/** `continueRegularOutput`: goes on with an item whose `error` says what went wrong. */
	onError?: 'continueErrorOutput' | 'continueRegularOutput';
	/** More tries, where a miss would lose what was just remembered. */
	retryOnFail?: true;
	disabled?: true;
	/** Shown below the node on the canvas. */
	notes?: string;
}

interface Placed extends NodeSpec {
	column: number;
	row: number;
}

/** Canvas units: one node is 100 wide; n8n's own grid is 16. */
const columnWidth = 224;
const rowHeight = 192;
const noteHeight = 208;

/** One workflow under construction: nodes on a grid, connections, sticky notes. Row 0 is the main line. */
export class Canvas {
	private readonly nodes: Placed[] = [];
	private readonly stickies: Array<{ column: number; row: number; columns: number; rows: number; text: string; colour: number }> = [];
	private readonly connections = new Map<string, string[][]>();

	constructor(readonly name: string) {}

	place(column: number, row: number, spec: NodeSpec): string {
		if (this.nodes.some(({ name }) => name === spec.name)) throw new Error(`Two nodes are named "${spec.name}"`);
		this.nodes.push({ ...spec, column, row });
		return spec.name;
	}

	/** Places nodes side by side, each connected to the one before. */
	line(column: number, row: number, specs: NodeSpec[]): string[] {
		const names = specs.map((spec, offset) => this.place(column + offset, row, spec));
		names.slice(1).forEach((name, index) => this.connect(names[index] ?? '', name));
		return names;
	}

	connect(from: string, to: string, output = 0): void {
		const outputs = this.connections.get(from) ?? [];
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push(to);
		this.connections.set(from, outputs);
	}

	/** A note behind the nodes of these columns, with its text above them. */
	note(column: number, row: number, columns: number, text: string, { rows = 1, colour = 7 } = {}): void {
		this.stickies.push({ column, row, columns, rows, text, colour });
	}

	toJson(): IDataObject {
		const nodes = this.nodes.map(({ column, row, type, version, parameters = {}, notes, ...rest }, index) => ({
			parameters,
			id: idOf(this.name, index),
			type,
			typeVersion: version,
			position: [column * columnWidth, row * rowHeight],
			...rest,
			...(rest.retryOnFail && { maxTries: 5, waitBetweenTries: 5000 }),
			...(notes !== undefined && { notes, notesInFlow: true }),
		}));
		const stickies = this.stickies.map(({ column, row, columns, rows, text, colour }, index) => ({
			parameters: { content: text, height: rows * rowHeight + noteHeight, width: columns * columnWidth, color: colour },
			id: idOf(this.name, 900 + index),
			name: `Note ${index + 1}`,
			type: 'n8n-nodes-base.stickyNote',
			typeVersion: 1,
			position: [column * columnWidth - 64, row * rowHeight - noteHeight - 16],
		}));
		const connections = Object.fromEntries(
			[...this.connections].map(([from, outputs]) => [from, { main: outputs.map((targets) => targets.map((node) => ({ node, type: 'main', index: 0 }))) }]),
		);
		return { name: this.name, nodes: [...stickies, ...nodes], connections, settings: { executionOrder: 'v1', callerPolicy: 'workflowsFromSameOwner' } };
	}
}

/** Ids that stay the same from build to build, in the form of a UUID. */
function idOf(name: string, index: number): string {
	const letters = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffffff, 7);
	return `${letters.toString(16).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
