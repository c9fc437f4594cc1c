import type { IExecuteFunctions } from 'n8n-workflow';
import type { Orion } from '../CytomicOrion/transport/connect';
import { connect as connectOrion } from '../CytomicOrion/transport/connect';
import type { Misp } from '../Misp/transport/connect';
import { connect as connectMisp } from '../Misp/transport/connect';
import type { Call, SumUp } from '../shared/call';
import { callsOf } from '../shared/call';
import { kindsOf } from '../shared/operation';

/** What an operation of the sync node is given. */
export interface SyncCall extends Call {
	misp: Misp;
	orion: Orion;
	/** The user wants what went wrong as items, not as the end of the workflow. */
	goesOn: boolean;
	/** Whether the user has stopped the execution. */
	isStopped(): boolean;
}

export async function open(fn: IExecuteFunctions, sumUp: SumUp): Promise<(index: number) => SyncCall> {
	const calls = callsOf(fn, sumUp);
	const signal = fn.getExecutionCancelSignal();
	const own = {
		misp: await connectMisp(fn),
		orion: await connectOrion(fn),
		goesOn: fn.continueOnFail(),
		isStopped: () => signal?.aborted === true,
	};
	return (index) => ({ ...calls(index), ...own });
}

export const { allItems } = kindsOf<SyncCall>();
