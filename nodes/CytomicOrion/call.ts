import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { AllItems, EachItem } from '../shared/operation';
import type { Parameters } from '../shared/parameters';
import { parametersOf } from '../shared/parameters';
import type { Orion } from './transport/connect';
import { connect } from './transport/connect';

/** What an operation of the Orion node is given: its parameters for the item in hand, Orion, and a way to tell the user something. */
export interface OrionCall {
	item: Parameters;
	orion: Orion;
	hint(message: string, type?: NodeExecutionHint['type']): void;
	/** The bytes of a file that an input item carries in this field; throws where it has none. */
	bytes(index: number, field: string): Promise<Uint8Array>;
}

export async function open(fn: IExecuteFunctions): Promise<(index: number) => OrionCall> {
	const orion = await connect(fn);
	const parameters = parametersOf(fn);
	const hint: OrionCall['hint'] = (message, type = 'info') => {
		fn.addExecutionHints({ message, type, location: 'outputPane' });
		fn.logger.info(message);
	};
	const bytes: OrionCall['bytes'] = async (index, field) => await fn.helpers.getBinaryDataBuffer(index, field);
	return (index) => ({ item: parameters(index), orion, hint, bytes });
}

/** An operation that runs once for every item. */
export const eachItem = (operation: Omit<EachItem<OrionCall>, 'kind' | 'concurrency'> & { concurrency?: number }): EachItem<OrionCall> => ({
	kind: 'each',
	concurrency: 1,
	...operation,
});

/** An operation that takes all items at once. */
export const allItems = (operation: Omit<AllItems<OrionCall>, 'kind'>): AllItems<OrionCall> => ({ kind: 'all', ...operation });
