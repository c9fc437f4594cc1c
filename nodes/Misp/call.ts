import type { IBinaryData, IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { AllItems, EachItem } from '../shared/operation';
import type { Parameters } from '../shared/parameters';
import { parametersOf } from '../shared/parameters';
import type { Misp } from './transport/connect';
import { connect } from './transport/connect';

/** What an operation of the MISP node is given: its parameters for the item in hand, the server, and a way to tell the user something. */
export interface MispCall {
	item: Parameters;
	misp: Misp;
	/** The fields of the item in hand. */
	json: IDataObject;
	hint(message: string, type?: NodeExecutionHint['type']): void;
	/** Makes a file of bytes, kept where n8n keeps files. */
	file(bytes: Uint8Array, name: string, mimeType: string): Promise<IBinaryData>;
}

export async function open(fn: IExecuteFunctions): Promise<(index: number) => MispCall> {
	const misp = await connect(fn);
	const parameters = parametersOf(fn);
	const hint: MispCall['hint'] = (message, type = 'info') => {
		fn.addExecutionHints({ message, type, location: 'outputPane' });
		fn.logger.info(message);
	};
	const file: MispCall['file'] = async (bytes, name, mimeType) => await fn.helpers.prepareBinaryData(Buffer.from(bytes), name, mimeType);
	const items = fn.getInputData();
	return (index) => ({ item: parameters(index), misp, json: items[index]?.json ?? {}, hint, file });
}

/** An operation that runs once for every item. */
export const eachItem = (operation: Omit<EachItem<MispCall>, 'kind' | 'concurrency'> & { concurrency?: number }): EachItem<MispCall> => ({
	kind: 'each',
	concurrency: 1,
	...operation,
});

/** An operation that takes all items at once. */
export const allItems = (operation: Omit<AllItems<MispCall>, 'kind'>): AllItems<MispCall> => ({ kind: 'all', ...operation });
