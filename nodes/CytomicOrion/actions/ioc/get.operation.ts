import type { Result } from '../../../shared/operation';
import { iocIn, readHeldIoc } from '../../answers/ioc';
import { isRow, rowsOf } from '../../answers/row';
import type { OrionCall } from '../../call';
import { allItems } from '../../call';
import { readList } from '../../../shared/jsonField';
import { toItem } from '../../item';
import { paths } from '../../transport/paths';
import { iocTypeOf, lookUp, lookUpFields, typeField } from './lookUp';

/** POST /applications/iocs/{type}/getter */
export const getIocs = allItems({
	name: 'Get',
	action: 'Get IOCs',
	description:
		'See whether Orion holds IOCs, since when and until when. The vendor names this function; how it is called is not documented by the vendor.',
	fields: [
		...lookUpFields([
			{ name: 'Attributes', value: 'attributes', description: 'IOCs with attributes that you enter as JSON' },
		]),
		{ ...typeField, displayOptions: { show: { lookUp: ['attributes'] } } },
		{
			displayName: 'Attributes',
			name: 'attributes',
			type: 'json',
			displayOptions: { show: { lookUp: ['attributes'] } },
			default: '[]',
			description:
				'A list of objects with the attributes wanted, such as [{"source": "MISP"}]. Which attributes Orion takes is not documented by the vendor.',
		},
	],
	async execute(call, items, calls) {
		const now = Date.now();
		if (call.item.text('lookUp') === 'attributes') return await byAttributes(call, now);
		return await lookUp(call, items, calls, {
			path: paths.getIocs,
			report: (row) => (row ? { found: true, ...readHeldIoc(row, now) } : { found: false }),
		});
	},
});

async function byAttributes(call: OrionCall, now: number): Promise<Result[]> {
	const type = iocTypeOf(call);
	const wanted = readList('Attributes', call.item.raw('attributes')).filter(
		(one) => isRow(one) && Object.keys(one).length > 0,
	);
	// An empty request might mean all that Orion holds.
	if (wanted.length === 0) return [];
	const rows = rowsOf(await call.orion.data({ method: 'POST', path: paths.getIocs(type), body: wanted }));
	return rows.map((row) => ({
		json: toItem({ type, value: iocIn(type, row)?.value, found: true, ...readHeldIoc(row, now) }),
	}));
}
