import type { IExecuteFunctions } from 'n8n-workflow';
import type { Call, SumUp } from '../shared/call';
import { callsOf } from '../shared/call';
import { kindsOf } from '../shared/operation';
import type { Misp } from './transport/connect';
import { connect } from './transport/connect';

/** What an operation of the MISP node is given. */
export interface MispCall extends Call {
	misp: Misp;
}

export async function open(fn: IExecuteFunctions, sumUp: SumUp): Promise<(index: number) => MispCall> {
	const misp = await connect(fn);
	const calls = callsOf(fn, sumUp);
	return (index) => ({ ...calls(index), misp });
}

export const { eachItem, allItems } = kindsOf<MispCall>();
