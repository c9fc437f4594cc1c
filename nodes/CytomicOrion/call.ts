import type { IExecuteFunctions } from 'n8n-workflow';
import type { Call, SumUp } from '../shared/call';
import { callsOf } from '../shared/call';
import type { Answer, NoAnswer } from '../shared/http';
import { kindsOf } from '../shared/operation';
import { probe } from '../shared/probe';
import { tlsOptions } from '../shared/tls';
import type { Orion } from './transport/connect';
import { connect, credentialType } from './transport/connect';

/** What an operation of the Orion node is given. */
export interface OrionCall extends Call {
	orion: Orion;
	/** The time zone of the workflow, such as Europe/Madrid. */
	timezone: string;
	/** Reads what a link of Orion's leads to, as bytes. The link has its own right to be read: no token goes along. */
	download(url: string): Promise<Answer | NoAnswer>;
	/** The bytes of a file that an input item carries in this field; throws where it has none. */
	bytes(index: number, field: string): Promise<Uint8Array>;
}

const downloadTimeoutMs = 120_000;

export async function open(fn: IExecuteFunctions, sumUp: SumUp): Promise<(index: number) => OrionCall> {
	const calls = callsOf(fn, sumUp);
	const orionsOwn = {
		orion: await connect(fn),
		timezone: fn.getTimezone(),
		download: async (url: string) =>
			await probe(fn.helpers, {
				url,
				json: false,
				encoding: 'arraybuffer',
				timeout: downloadTimeoutMs,
				...tlsOptions(await fn.getCredentials(credentialType)),
			}),
		bytes: async (index: number, field: string) => await fn.helpers.getBinaryDataBuffer(index, field),
	};
	return (index) => ({ ...calls(index), ...orionsOwn });
}

export const { eachItem, allItems } = kindsOf<OrionCall>();
