import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { assertAgentMay } from './agentAllowance';
import { logOf } from './call';
import { inParallel } from './inParallel';
import { isTooDeep, tooDeep } from './nesting';
import type { Open, Operation, Operations, Registry, Result } from './operation';
import { Outcomes } from './operation';
import { Problem } from './problem';
import { progressOf } from './progress';

/**
 * Runs the operation that the node is set to, over its items.
 * Every output item names the input item it came from; what goes wrong names the item too, and either stops the node
 * or, where the user chose to go on, leaves through the error output.
 */
export async function run<Call>(
	fn: IExecuteFunctions,
	registry: Registry<Call>,
	open: Open<Call>,
): Promise<INodeExecutionData[]> {
	const resource = String(fn.getNodeParameter('resource', 0));
	return await runOperation(fn, registry[resource]?.operations ?? {}, open, `${resource}: `);
}

/** The same for a node that has operations only. */
export async function runOperation<Call>(
	fn: IExecuteFunctions,
	operations: Operations<Call>,
	open: Open<Call>,
	group = '',
): Promise<INodeExecutionData[]> {
	const operation = operationOf(fn, operations, group);
	assertAgentMay(fn, operation);
	const items = fn.getInputData();
	// Where there are many items to work on one by one, it is the router that says how far it is.
	const oneByOne = operation.kind === 'each' && items.length > 1;
	const calls = await open(fn, oneByOne ? 'in the log' : 'on the node');

	if (operation.kind === 'all') {
		const results = await attempt(async () => await operation.execute(calls(0), items, calls));
		return emit(
			fn,
			results,
			items.map((_, index) => index),
		);
	}

	const progress = oneByOne
		? progressOf(logOf(fn), { task: operation.action, unit: 'item', total: items.length })
		: undefined;
	let failed = false;
	let failures = 0;
	const perItem = await inParallel([...items.keys()], operation.concurrency, async (index) => {
		if (failed) return [];
		const results = await attempt(async () => toResults(await operation.execute(calls(index))));
		const hasFailed = results.some(({ problem }) => problem !== undefined);
		failed ||= !fn.continueOnFail() && hasFailed;
		if (hasFailed) failures += 1;
		progress?.step();
		return results.map((result) => ({ ...result, from: result.from ?? index }));
	});
	if (!failed) progress?.done({ done: items.length - failures, failed: failures });
	return emit(fn, perItem.flat(), 0);
}

function operationOf<Call>(fn: IExecuteFunctions, operations: Operations<Call>, group: string): Operation<Call> {
	const name = String(fn.getNodeParameter('operation', 0));
	const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
	if (operation) return operation;
	throw new NodeOperationError(fn.getNode(), `There is no operation "${group}${name}" in this version of the node`, {
		description: 'Choose the operation again from the drop-down.',
	});
}

async function attempt(task: () => Promise<Result[]>): Promise<Result[]> {
	try {
		return await task();
	} catch (error) {
		return [{ json: {}, problem: error instanceof Error ? error : new Error(String(error)) }];
	}
}

function toResults(answer: IDataObject | IDataObject[] | Outcomes): Result[] {
	if (answer instanceof Outcomes) return answer.results;
	return (Array.isArray(answer) ? answer : [answer]).map((json) => ({ json }));
}

function emit(fn: IExecuteFunctions, results: Result[], all: number | number[]): INodeExecutionData[] {
	return results.map(orTooDeep).map(({ json, from = all, binary, problem }) => {
		const pairedItem = Array.isArray(from) ? from.map((item) => ({ item })) : { item: from };
		if (!problem) return { json, pairedItem, ...(binary && { binary }) };
		if (fn.getExecutionCancelSignal()?.aborted) throw canceled(fn);
		const error = nodeError(fn, problem, Array.isArray(from) ? from[0] : from);
		if (!fn.continueOnFail()) throw error;
		// n8n takes an item of only these fields for an error, and adds the fields of the item it came from. An item with `error` beside
		// its json would lose all of them.
		const details = Object.keys(json).length > 0 && { details: json };
		return {
			json: { error: error.message, ...(error.description && { message: error.description }), ...details },
			pairedItem,
		};
	});
}

/** One result that n8n cannot save would take those of all other items along. */
const orTooDeep = (result: Result): Result =>
	isTooDeep(result.json) ? { ...result, json: {}, problem: tooDeep() } : result;

/** n8n tells a run that was stopped from one that failed by the word "canceled" (2.41). */
const canceled = (fn: IExecuteFunctions) =>
	new NodeOperationError(fn.getNode(), 'The execution was canceled', {
		description: 'What was done is kept. Run it again to do the rest.',
	});

function nodeError(fn: IExecuteFunctions, problem: Error, itemIndex = 0): NodeOperationError | NodeApiError {
	if (problem instanceof NodeOperationError || problem instanceof NodeApiError) {
		problem.context.itemIndex ??= itemIndex;
		return problem;
	}
	const description = problem instanceof Problem ? problem.advice : undefined;
	return new NodeOperationError(fn.getNode(), problem, { message: problem.message, description, itemIndex });
}
