import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';
import type { AllItems, EachItem } from '../shared/operation';
import type { Parameters } from '../shared/parameters';
import { parametersOf } from '../shared/parameters';
import type { Misp } from './transport/connect';
import { connect } from './transport/connect';

/** What an operation of the MISP node is given: its parameters for the item in hand, the server, and a way to tell the user something. */
export interface MispCall {
	item: Parameters;
	misp: Misp;
	hint(message: string, type?: NodeExecutionHint['type']): void;
}

export async function open(fn: IExecuteFunctions): Promise<(index: number) => MispCall> {
	const misp = await connect(fn);
	const parameters = parametersOf(fn);
	const hint: MispCall['hint'] = (message, type = 'info') => {
		fn.addExecutionHints({ message, type, location: 'outputPane' });
		fn.logger.info(message);
	};
	return (index) => ({ item: parameters(index), misp, hint });
}

/** An operation that runs once for every item. */
export const eachItem = (operation: Omit<EachItem<MispCall>, 'kind' | 'concurrency'> & { concurrency?: number }): EachItem<MispCall> => ({
	kind: 'each',
	concurrency: 1,
	...operation,
});

/** An operation that takes all items at once. */
export const allItems = (operation: Omit<AllItems<MispCall>, 'kind'>): AllItems<MispCall> => ({ kind: 'all', ...operation });
