import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { Problem } from './problem';

/** Runs a poll's work; what goes wrong comes as n8n's own kind of error, with the advice of a `Problem` as its description. */
export async function spoken<Result>(fn: { getNode(): INode }, task: () => Promise<Result>): Promise<Result> {
	try {
		return await task();
	} catch (error) {
		const problem = error instanceof Error ? error : new Error(String(error));
		throw new NodeOperationError(fn.getNode(), problem, {
			message: problem.message,
			description: problem instanceof Problem ? problem.advice : undefined,
		});
	}
}
