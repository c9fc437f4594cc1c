import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { Problem } from '../../shared/problem';
import { toList } from '../../shared/parameters';
import { readFilters } from '../descriptions/searchFilters';
import { isRecord } from '../json';
import type { Kind } from './kinds';
import { branchesOf } from './kinds';
import type { Wanted } from './reading';

const isKind = (value: string): value is Kind => value === 'newSighting' || Object.hasOwn(branchesOf, value);

/** The trigger's parameters. @throws Problem where one of them makes no sense */
export function readWanted(fn: IPollFunctions): Wanted & { lookBack: number } {
	const options = (name: string): IDataObject => {
		const value = fn.getNodeParameter(name, {});
		return isRecord(value) ? value : {};
	};
	const kind = String(fn.getNodeParameter('event'));
	if (!isKind(kind))
		throw new Problem(
			`There is no trigger "${kind}" in this version of the node`,
			'Choose what to trigger on again.',
			'bad_choice',
		);
	const { types, source = '', organisationId = '' } = options('sightingFilters');
	const { catchUp = true, lookBack = '' } = options('options');
	return {
		kind,
		...readFilters({ options }),
		sightings: {
			types: toList(types ?? []),
			source: String(source).trim(),
			organisationId: String(organisationId).trim(),
		},
		simple: fn.getNodeParameter('simple', true) === true,
		catchUp: catchUp === true,
		lookBack: spanOf(String(lookBack)),
	};
}

const seconds: Record<string, number> = { m: 60, h: 3_600, d: 86_400, w: 7 * 86_400 };

/** 7d, 12h, 30m or 2w in seconds; 0 for none. */
function spanOf(text: string): number {
	if (text.trim() === '') return 0;
	const [, amount, unit] = /^\s*(\d{1,6})\s*([mhdw])\s*$/i.exec(text) ?? [];
	const factor = seconds[unit?.toLowerCase() ?? ''];
	if (amount !== undefined && factor !== undefined) return Number(amount) * factor;
	throw new Problem(`"Look Back" cannot be "${text}"`, 'Give a span such as 7d, 12h or 30m.', 'bad_time');
}
