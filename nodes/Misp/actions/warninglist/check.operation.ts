import { chunk } from '../../../shared/chunk';
import type { Result } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { allItems } from '../../call';
import { asRecord, asRecords, asText } from '../../json';
import { limits } from '../../limits';
import type { Misp } from '../../transport/connect';
import { listAll } from '../../transport/lists';

interface Hit {
	id: string;
	name: string;
	/** What of the list it is: the value itself, a network, a domain above it. */
	matched: string;
}

/** POST /warninglists/checkValue, many values at a time. */
export const check = allItems({
	name: 'Check',
	action: 'Check values against the warninglists',
	description: 'Look values up in the enabled warninglists. Each value comes out, with the lists it is on.',
	fields: [
		{
			displayName: 'Values',
			name: 'values',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: '={{ $json.value }}',
			description: 'One value, several parted by commas or line breaks, or a list from an expression',
		},
		{
			displayName: 'Return',
			name: 'return',
			type: 'options',
			options: [
				{ name: 'All Values', value: 'all' },
				{ name: 'Values on a List', value: 'listed' },
				{ name: 'Values on No List', value: 'unlisted' },
			],
			default: 'all',
			description: 'Which values to return',
		},
	],
	async execute({ item, misp, hint }, items, calls) {
		const wished = items.flatMap((_, from) =>
			calls(from)
				.item.list('values')
				.map((value) => ({ value, from })),
		);
		if (wished.length === 0)
			throw new Problem('No value was given', 'Fill in "Values", such as with {{ $json.value }}.', 'empty');
		const hits = await checkValues(misp, [...new Set(wished.map(({ value }) => value))]);
		if (hits.size === 0 && !(await anyEnabled(misp)))
			hint('No warninglist is enabled in MISP, so nothing can be on one.', 'warning');
		const wanted = item.text('return');
		return wished
			.map(({ value, from }): Result => {
				const warninglists = hits.get(value) ?? [];
				return { json: { value, listed: warninglists.length > 0, warninglists }, from };
			})
			.filter(({ json }) => wanted === 'all' || json.listed === (wanted === 'listed'));
	},
});

async function checkValues(misp: Misp, values: string[]): Promise<Map<string, Hit[]>> {
	const hits = new Map<string, Hit[]>();
	for (const part of chunk(values, limits.valuesPerSearch)) {
		const { body } = await misp.post('/warninglists/checkValue', part);
		// An object of hits by value; an empty list where there are none.
		for (const [value, found] of Object.entries(asRecord(body))) {
			hits.set(
				value,
				asRecords(found).map(({ id, name, matched }) => ({
					id: asText(id),
					name: asText(name),
					matched: asText(matched),
				})),
			);
		}
	}
	return hits;
}

const anyEnabled = async (misp: Misp): Promise<boolean> =>
	(await listAll(misp, 'warninglist')).some(({ entry }) => entry.enabled === true);
