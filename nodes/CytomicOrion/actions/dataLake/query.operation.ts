import { asText, isRow, rowsOf } from '../../answers/row';
import { eachItem } from '../../call';
import { toItem } from '../../item';
import { paths } from '../../transport/paths';

const longTimeoutMs = 300_000;

/** POST /applications/explorations {sql} */
export const query = eachItem({
	name: 'Query',
	action: 'Query the data lake',
	description: 'Search the events of all computers with SQL; one item for each row. Not documented by the vendor.',
	fields: [
		{
			displayName: 'SQL',
			name: 'sql',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'SELECT * FROM DnsOps LIMIT 100',
			description:
				'The query. How many rows come at most is not documented: set a LIMIT. Tables are among others BandwidthUsage, DataAccess, Detection, DeviceOps, DnsOps, Download, Evidence and Indicators.',
		},
	],
	async execute({ item, orion }) {
		const sql = item.required('sql', 'SQL');
		const body = await orion.data({ method: 'POST', path: paths.dataLake, body: { sql }, timeoutMs: longTimeoutMs });
		const rows: unknown[] = Array.isArray(body) ? body : rowsOf(body);
		return rows.map((row) => toItem(isRow(row) ? row : { value: asText(row) }));
	},
});
