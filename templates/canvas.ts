import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { textHeight } from './noteText';

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

interface Note {
	column: number;
	row: number;
	columns: number;
	rows: number;
	text: string;
	colour: number;
}

/** Canvas units: one node is 96 wide and high, with up to two lines of name and one of subtitle below; n8n's own grid is 16. */
const grid = 16;
const columnWidth = 224;
const rowHeight = 192;
/** From the left edge of a note to its first node. All places are on n8n's grid: the editor moves what is not. */
const nodeIndent = 64;
const gap = 16;

/**
 * Of `on-error`, which all the others name. n8n's command line keeps ids and settings of what it imports (2.41); its editor leaves
 * both out, so there the error workflow is chosen by hand. An id that is not there does no harm: n8n logs a line.
 */
export const errorWorkflowId = 'mispOrionOnError';

/**
 * One workflow under construction: nodes on a grid, connections, sticky notes. Rows say what is above what, and n8n runs the upper
 * branch first; how far apart they are follows from the notes that begin in them.
 */
export class Canvas {
	private readonly nodes: Placed[] = [];
	private readonly stickies: Note[] = [];
	private readonly connections = new Map<string, string[][]>();

	/** `isErrorWorkflow`: it is the one that n8n calls when another fails. */
	constructor(
		readonly name: string,
		private readonly isErrorWorkflow = false,
	) {}

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
		const rows = rowsOf(this.nodes, this.stickies);
		const left = columnsOf(this.nodes, this.connections, rows);
		const nodes = this.nodes.map(({ column, row, type, version, parameters = {}, notes, ...rest }, index) => ({
			parameters,
			id: idOf(this.name, index),
			type,
			typeVersion: version,
			position: [left(column), rows.top(row)],
			...rest,
			...credentialsFor(type),
			...(rest.retryOnFail && { maxTries: 5, waitBetweenTries: 5000 }),
			...(notes !== undefined && { notes, notesInFlow: true }),
		}));
		const stickies = this.stickies.map((note, index) => ({
			parameters: {
				content: note.text,
				height: rows.top(note.row + note.rows - 1) + rowHeight - gap - rows.textTop(note.row),
				width: left(note.column + note.columns - 1) - left(note.column) + columnWidth - gap,
				color: note.colour,
			},
			id: idOf(this.name, 900 + index),
			name: `Note ${index + 1}`,
			type: 'n8n-nodes-base.stickyNote',
			typeVersion: 1,
			position: [left(note.column) - nodeIndent, rows.textTop(note.row)],
		}));
		const connections = Object.fromEntries(
			[...this.connections].map(([from, outputs]) => [
				from,
				{ main: outputs.map((targets) => targets.map((node) => ({ node, type: 'main', index: 0 }))) },
			]),
		);
		return {
			...(this.isErrorWorkflow && { id: errorWorkflowId }),
			name: this.name,
			nodes: [...stickies, ...nodes],
			connections,
			settings: {
				executionOrder: 'v1',
				callerPolicy: 'workflowsFromSameOwner',
				...(!this.isErrorWorkflow && { errorWorkflow: errorWorkflowId }),
			},
		};
	}
}

interface Rows {
	/** Where the nodes of a row are; a row without any is where the one above it is. */
	top(row: number): number;
	/** Where the text of the notes that begin in a row begins: the same height for all of them. */
	textTop(row: number): number;
}

function rowsOf(nodes: readonly Placed[], notes: readonly Note[]): Rows {
	const used = [...new Set([...nodes, ...notes].map(({ row }) => row))].sort((a, b) => a - b);
	const textAbove = (row: number) =>
		Math.max(
			0,
			...notes
				.filter((note) => note.row === row)
				.map((note) => Math.ceil(textHeight(note.text, widthOf(note)) / grid) * grid),
		);
	const tops = new Map<number, number>();
	let next = 0;
	for (const row of used) {
		const text = textAbove(row);
		const top = tops.size === 0 ? 0 : next + (text > 0 ? text + gap : 0);
		tops.set(row, top);
		next = top + rowHeight;
	}
	const top = (row: number) => tops.get(used.filter((one) => one <= row).at(-1) ?? 0) ?? 0;
	return { top, textTop: (row) => top(row) - textAbove(row) };
}

/**
 * Where each column begins. The editor draws a connection as a curve that comes down in the middle between its two nodes. The higher it
 * is, the more of it would lie over the notes that begin before its target, so the wider apart these nodes stand.
 */
function columnsOf(
	nodes: readonly Placed[],
	connections: ReadonlyMap<string, string[][]>,
	rows: Rows,
): (column: number) => number {
	const byName = new Map(nodes.map((node) => [node.name, node]));
	const added = new Map<number, number>();
	const left = (column: number) =>
		[...added].reduce((sum, [at, room]) => sum + (at <= column ? room : 0), column * columnWidth);
	const curves = [...connections]
		.flatMap(([from, outputs]) => outputs.flat().map((to) => ({ from: byName.get(from), to: byName.get(to) })))
		.flatMap(({ from, to }) => (from && to && from.column < to.column ? [{ from, to }] : []))
		.sort((one, other) => one.to.column - other.to.column);
	for (const { from, to } of curves) {
		const there = left(to.column) - left(from.column);
		const wanted = roomFor(Math.abs(rows.top(from.row) - rows.top(to.row)));
		if (there < wanted) added.set(to.column, (added.get(to.column) ?? 0) + wanted - there);
	}
	return left;
}

/** How far apart two nodes stand for a connection of this height, from left edge to left edge. */
const roomFor = (height: number): number => {
	if (height <= 400) return columnWidth;
	if (height <= 1200) return columnWidth * 1.5;
	return height <= 3000 ? columnWidth * 2 : columnWidth * 2.5;
};

const widthOf = ({ columns }: Note): number => columns * columnWidth - gap;

const mispCredential = { mispInstanceApi: { id: null, name: 'MISP Instance account' } };
const orionCredential = { cytomicOrionApi: { id: null, name: 'Cytomic Orion account' } };
const credentials: Readonly<Record<string, IDataObject>> = {
	misp: mispCredential,
	mispTrigger: mispCredential,
	cytomicOrion: orionCredential,
	cytomicOrionTrigger: orionCredential,
	mispOrionSync: { ...mispCredential, ...orionCredential },
};

/**
 * The credentials under the names that n8n gives new ones: n8n 2.41 picks by name in an imported workflow, so whoever
 * keeps these names has nothing to choose.
 */
function credentialsFor(type: string): { credentials?: IDataObject } {
	const found = credentials[type.replace('n8n-nodes-misp-cytomic-orion.', '')];
	return found ? { credentials: found } : {};
}

/** Ids that stay the same from build to build, in the form of a UUID. */
function idOf(name: string, index: number): string {
	const letters = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffffff, 7);
	return `${letters.toString(16).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`;
}
