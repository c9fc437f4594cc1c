import type { IBinaryData, IDataObject, IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { Answer, NoAnswer } from '../shared/http';
import type { AllItems, EachItem } from '../shared/operation';
import type { Parameters } from '../shared/parameters';
import { parametersOf } from '../shared/parameters';
import { probe } from '../shared/probe';
import { tlsOptions } from '../shared/tls';
import type { Orion } from './transport/connect';
import { connect, credentialType } from './transport/connect';

/** What an operation of the Orion node is given: its parameters for the item in hand, Orion, and a way to tell the user something. */
export interface OrionCall {
	item: Parameters;
	orion: Orion;
	/** The fields of the item in hand. */
	json: IDataObject;
	/** The time zone of the workflow, such as Europe/Madrid. */
	timezone: string;
	hint(message: string, type?: NodeExecutionHint['type']): void;
	/** Reads what a link of Orion's leads to, as bytes. The link has its own right to be read: no token goes along. */
	download(url: string): Promise<Answer | NoAnswer>;
	/** The bytes of a file that an input item carries in this field; throws where it has none. */
	bytes(index: number, field: string): Promise<Uint8Array>;
	/** Makes a file of bytes, kept where n8n keeps files. */
	file(bytes: Uint8Array, name: string, mimeType: string): Promise<IBinaryData>;
}

export async function open(fn: IExecuteFunctions): Promise<(index: number) => OrionCall> {
	const orion = await connect(fn);
	const parameters = parametersOf(fn);
	const items = fn.getInputData();
	const shared = {
		orion,
		timezone: fn.getTimezone(),
		hint: (message: string, type: NodeExecutionHint['type'] = 'info') => {
			fn.addExecutionHints({ message, type, location: 'outputPane' });
			fn.logger.info(message);
		},
		download: async (url: string) =>
			await probe(fn.helpers, { url, json: false, encoding: 'arraybuffer', timeout: 120_000, ...tlsOptions(await fn.getCredentials(credentialType)) }),
		bytes: async (index: number, field: string) => await fn.helpers.getBinaryDataBuffer(index, field),
		file: async (bytes: Uint8Array, name: string, mimeType: string) => await fn.helpers.prepareBinaryData(Buffer.from(bytes), name, mimeType),
	};
	return (index) => ({ ...shared, item: parameters(index), json: items[index]?.json ?? {} });
}

/** An operation that runs once for every item. */
export const eachItem = (operation: Omit<EachItem<OrionCall>, 'kind' | 'concurrency'> & { concurrency?: number }): EachItem<OrionCall> => ({
	kind: 'each',
	concurrency: 1,
	...operation,
});

/** An operation that takes all items at once. */
export const allItems = (operation: Omit<AllItems<OrionCall>, 'kind'>): AllItems<OrionCall> => ({ kind: 'all', ...operation });
