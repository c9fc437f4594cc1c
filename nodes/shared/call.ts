import type { IBinaryData, IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Parameters } from './parameters';
import { parametersOf } from './parameters';

/** What an operation of any node is given: its parameters for the item in hand, and ways to tell the user something and to make files. */
export interface Call {
	item: Parameters;
	/** The fields of the item in hand. */
	json: IDataObject;
	hint(message: string, type?: NodeExecutionHint['type']): void;
	/** Makes a file of bytes, kept where n8n keeps files. */
	file(bytes: Uint8Array, name: string, mimeType: string): Promise<IBinaryData>;
}

export function callsOf(fn: IExecuteFunctions): (index: number) => Call {
	const parameters = parametersOf(fn);
	const items = fn.getInputData();
	const hint: Call['hint'] = (message, type = 'info') => {
		fn.addExecutionHints({ message, type, location: 'outputPane' });
		fn.logger.info(message);
	};
	const file: Call['file'] = async (bytes, name, mimeType) =>
		await fn.helpers.prepareBinaryData(Buffer.from(bytes), name, mimeType);
	return (index) => ({ item: parameters(index), json: items[index]?.json ?? {}, hint, file });
}
