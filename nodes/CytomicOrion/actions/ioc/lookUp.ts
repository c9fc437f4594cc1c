import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Result } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { Row } from '../../answers/row';
import type { OrionCall } from '../../call';
import type { InputRow } from '../../descriptions/input';
import { inputFields, readInputFields, readRows } from '../../descriptions/input';
import { iocTypeOptions } from '../../descriptions/iocTypeOptions';
import type { Candidate, Entry, IocType } from '../../ioc';
import { candidateReader, iocKey, iocTypeNames, planDeletion, reasons } from '../../ioc';
import { toItem } from '../../item';
import { limits } from '../../limits';
import { lookUpAll } from '../../sending/lookUpAll';
import { problemOf } from '../../transport/connect';

export const typeField: INodeProperties = {
	displayName: 'IOC Type',
	name: 'iocType',
	type: 'options',
	options: iocTypeOptions,
	default: 'hash',
	description: 'What the values are',
};

const wantedFrom = [
	{ name: 'Input Items', value: 'items', description: 'The IOCs that the input items hold' },
	{ name: 'Values', value: 'values', description: 'Values that you enter' },
];

/** Where the IOCs to look up come from. */
export const lookUpFields = (more: typeof wantedFrom = []): INodeProperties[] => [
	{
		displayName: 'Look Up',
		name: 'lookUp',
		type: 'options',
		options: [...more, ...wantedFrom],
		default: 'items',
		description: 'Which IOCs to look up',
	},
	...updateDisplayOptions({ show: { lookUp: ['items'] } }, inputFields),
	...updateDisplayOptions({ show: { lookUp: ['values'] } }, [
		typeField,
		{
			displayName: 'Values',
			name: 'values',
			type: 'string',
			required: true,
			default: '',
			description: 'Values of that type: a list, or text with commas',
		},
	]),
];

export const iocTypeOf = (call: OrionCall): IocType => {
	const type = iocTypeNames.find((name) => name === call.item.text('iocType'));
	if (type) return type;
	throw new Problem(
		`"${call.item.text('iocType')}" is no type of IOC`,
		`Choose one of ${iocTypeNames.join(', ')}.`,
		'bad_choice',
	);
};

interface Wanted {
	candidates: Candidate[];
	rows: readonly InputRow[];
}

async function wantedOf(
	call: OrionCall,
	items: INodeExecutionData[],
	calls: (index: number) => OrionCall,
): Promise<Wanted> {
	if (call.item.text('lookUp') !== 'values') {
		const read = candidateReader(readInputFields(call.item));
		const rows = await readRows(call, items);
		return { rows, candidates: rows.map(({ json }, index) => read(json, index)) };
	}
	const rows = items.flatMap((_, from) => {
		const type = iocTypeOf(calls(from));
		return calls(from)
			.item.list('values')
			.map((value): InputRow => ({ json: { type, value }, from }));
	});
	const read = candidateReader({ value: 'value', type: { field: 'type' } });
	return { rows, candidates: rows.map(({ json }, index) => read(json, index)) };
}

interface LookUp {
	path: (type: IocType) => string;
	/** What to say of an IOC that Orion's answer has, or has not. */
	report: (row: Row | undefined) => object;
}

/** Looks IOCs up, batch by batch; one result for each IOC wanted, also for those that Orion doesn't have and those that are none. */
export async function lookUp(
	call: OrionCall,
	items: INodeExecutionData[],
	calls: (index: number) => OrionCall,
	{ path, report }: LookUp,
): Promise<Result[]> {
	const { candidates, rows } = await wantedOf(call, items, calls);
	const { entries, sendable } = planDeletion(candidates, { stillWanted: new Set() });
	const { found, refused, problem } = await lookUpAll(sendable, {
		orion: call.orion,
		path,
		batchSize: limits.batchSize,
		concurrency: limits.concurrency,
	});
	if (problem) throw problemOf(problem);
	return entries.map((entry) => ({
		json: toItem({ ...aboutEntry(entry), ...verdict(entry, found, refused, report) }),
		from: rows[entry.candidate.index]?.from ?? 0,
	}));
}

const aboutEntry = ({ type, value, candidate }: Entry): IDataObject =>
	toItem({
		type,
		value,
		uuid: candidate.uuid,
		event_uuid: candidate.eventUuid,
		misp_type: candidate.mispType || undefined,
	});

function verdict(
	{ type, value, outcome }: Entry,
	found: ReadonlyMap<string, Row>,
	refused: ReadonlyMap<string, string>,
	report: LookUp['report'],
): object {
	if (type === undefined || outcome.status === 'skipped') {
		return {
			...report(undefined),
			...(outcome.status === 'skipped' && { reason: outcome.reason, message: reasons[outcome.reason] }),
		};
	}
	const key = iocKey({ type, value });
	const message = refused.get(key);
	return { ...report(found.get(key)), ...(message !== undefined && { reason: 'refused', message }) };
}
