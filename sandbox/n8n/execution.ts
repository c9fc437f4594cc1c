import { isRecord } from '../json';

/** One item as a node put it out. */
export type ItemJson = Record<string, unknown>;

/** What came of running a workflow. */
export interface Execution {
	success: boolean;
	/** From its start to its end, by n8n's own record, in milliseconds. */
	ms: number;
	/** Node name → its runs → its outputs → items. A node in a loop has several runs. */
	runData: Readonly<Record<string, ItemJson[][][]>>;
	/** Present when the workflow stopped with an error. */
	error?: { node: string; message: string; description: string };
}

/** All items that a node put out at one of its outputs, over all its runs. */
export function itemsOf(execution: Execution, node: string, output = 0): ItemJson[] {
	return (execution.runData[node] ?? []).flatMap((run) => run[output] ?? []);
}

/** Reads n8n's own record of an execution, as `n8n execute` prints it and as its API returns it. */
export function readExecution(run: unknown): Execution {
	const resultData = at(run, 'data', 'resultData');
	const nodes = at(resultData, 'runData');
	if (!isRecord(nodes))
		throw new Error(`n8n's record of the execution holds no run data: ${JSON.stringify(run).slice(0, 500)}`);
	const runData = Object.fromEntries(Object.entries(nodes).map(([name, runs]) => [name, list(runs).map(outputsOf)]));
	const error = at(resultData, 'error');
	const ms = Date.parse(text(at(run, 'stoppedAt'))) - Date.parse(text(at(run, 'startedAt')));
	if (error === undefined) return { success: true, ms, runData };
	return {
		success: false,
		ms,
		runData,
		error: {
			node: text(at(error, 'node', 'name')) || text(at(resultData, 'lastNodeExecuted')),
			message: text(at(error, 'message')),
			description: text(at(error, 'description')),
		},
	};
}

/** The JSON object that `n8n execute` prints somewhere in its log. It is pretty-printed, so only its own braces stand at the start of a line. */
export function findPrintedJson(stdout: string): unknown {
	const lines = stdout.split('\n').map((line) => line.trimEnd());
	const first = lines.indexOf('{');
	const last = lines.indexOf('}', first);
	if (first < 0 || last < 0) return undefined;
	return JSON.parse(lines.slice(first, last + 1).join('\n'));
}

function outputsOf(run: unknown): ItemJson[][] {
	return list(at(run, 'data', 'main')).map((output) =>
		list(output).map((item) => {
			const json = at(item, 'json');
			return isRecord(json) ? json : {};
		}),
	);
}

function at(value: unknown, ...path: readonly string[]): unknown {
	return path.reduce<unknown>((here, key) => (isRecord(here) ? here[key] : undefined), value);
}

function list(value: unknown): unknown[] {
	return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
