import type { IBinaryData, IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Parameters } from './parameters';
import { parametersOf } from './parameters';
import type { Log } from './progress';

/** What an operation of any node is given: its parameters for the item in hand, and ways to tell the user something and to make files. */
export interface Call {
	item: Parameters;
	/** The fields of the item in hand. */
	json: IDataObject;
	hint(message: string, type?: NodeExecutionHint['type']): void;
	/** Makes a file of bytes, kept where n8n keeps files. */
	file(bytes: Uint8Array, name: string, mimeType: string): Promise<IBinaryData>;
	/** Where a long operation says how far it is: see progress.ts. */
	log: Log;
}

/** Where closing lines go: to the node and the log, or, where many items would each leave one, to the log only. */
export type SumUp = 'on the node' | 'in the log';

export function callsOf(fn: IExecuteFunctions, sumUp: SumUp = 'on the node'): (index: number) => Call {
	const parameters = parametersOf(fn);
	const items = fn.getInputData();
	const hint = hintOf(fn);
	const file: Call['file'] = async (bytes, name, mimeType) =>
		await fn.helpers.prepareBinaryData(Buffer.from(bytes), name, mimeType);
	const log = logOf(fn, sumUp);
	return (index) => ({ item: parameters(index), json: items[index]?.json ?? {}, hint, file, log });
}

const hintOf =
	(fn: IExecuteFunctions): Call['hint'] =>
	(message, type = 'info') => {
		fn.addExecutionHints({ message, type, location: 'outputPane' });
		fn.logger.info(message);
	};

/** n8n's log, with workflow, node and execution to each line. */
export function logOf(fn: IExecuteFunctions, sumUp: SumUp = 'on the node'): Log {
	const context = { workflow: fn.getWorkflow().name, node: fn.getNode().name, executionId: fn.getExecutionId() };
	const say = (line: string) => fn.logger.info(line, context);
	return { now: () => Date.now(), say, sumUp: sumUp === 'on the node' ? hintOf(fn) : say };
}
