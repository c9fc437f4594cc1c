import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { assertAgentMay } from './agentAllowance';
import { inParallel } from './inParallel';
import type { Open, Operation, Registry, Result } from './operation';
import { Outcomes } from './operation';
import { Problem } from './problem';

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
	const operation = operationOf(fn, registry);
	assertAgentMay(fn, operation);
	const items = fn.getInputData();
	const calls = await open(fn);

	if (operation.kind === 'all') {
		const results = await attempt(async () => await operation.execute(calls(0), items, calls));
		return emit(
			fn,
			results,
			items.map((_, index) => index),
		);
	}

	let failed = false;
	const perItem = await inParallel([...items.keys()], operation.concurrency, async (index) => {
		if (failed) return [];
		const results = await attempt(async () => toResults(await operation.execute(calls(index))));
		failed = !fn.continueOnFail() && results.some(({ problem }) => problem !== undefined);
		return results.map((result) => ({ ...result, from: result.from ?? index }));
	});
	return emit(fn, perItem.flat(), 0);
}

function operationOf<Call>(fn: IExecuteFunctions, registry: Registry<Call>): Operation<Call> {
	const resource = fn.getNodeParameter('resource', 0);
	const name = fn.getNodeParameter('operation', 0);
	const operation = registry[String(resource)]?.operations[String(name)];
	if (operation) return operation;
	throw new NodeOperationError(
		fn.getNode(),
		`There is no operation "${name}" on "${resource}" in this version of the node`,
		{
			description: 'Choose the resource and the operation again from the drop-downs.',
		},
	);
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
	return results.map(({ json, from = all, binary, problem }) => {
		const pairedItem = Array.isArray(from) ? from.map((item) => ({ item })) : { item: from };
		if (!problem) return { json, pairedItem, ...(binary && { binary }) };
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

function nodeError(fn: IExecuteFunctions, problem: Error, itemIndex = 0): NodeOperationError | NodeApiError {
	if (problem instanceof NodeOperationError || problem instanceof NodeApiError) {
		problem.context.itemIndex ??= itemIndex;
		return problem;
	}
	const description = problem instanceof Problem ? problem.advice : undefined;
	return new NodeOperationError(fn.getNode(), problem, { message: problem.message, description, itemIndex });
}
