import { rowsOf, textIn } from '../../answers/row';
import { eachItem } from '../../call';
import { wholeNumber } from '../../descriptions/input';
import { Problem } from '../../../shared/problem';
import { toItem } from '../../item';
import { paths } from '../../transport/paths';

/**
 * The name of the list of clients is not certain: the answer calls a client `pandaID`, and one program sends the list under the name
 * that a list of computers has.
 */
const clientList = 'pandaIDs';

/** POST /osQuery/machine or /osQuery/client {query, ttl, …} */
export const run = eachItem({
	name: 'Run',
	action: 'Run an OS query',
	description: 'Start an osquery on computers, or on all computers of clients. Get the results later with Get Status.',
	fields: [
		{
			displayName: 'Query',
			name: 'query',
			type: 'string',
			typeOptions: { rows: 3 },
			required: true,
			default: '',
			placeholder: 'SELECT name, path FROM processes',
			description: 'The query, in the SQL of osquery',
		},
		{
			displayName: 'Run On',
			name: 'runOn',
			type: 'options',
			options: [
				{ name: 'All Computers of Clients', value: 'clients' },
				{ name: 'Computers', value: 'computers' },
			],
			default: 'computers',
			description: 'Where to run it',
		},
		{
			displayName: 'MUIDs',
			name: 'muids',
			type: 'string',
			required: true,
			displayOptions: { show: { runOn: ['computers'] } },
			default: '',
			description: "Orion's IDs of the computers: a list, or text with commas",
		},
		{
			displayName: 'Client IDs',
			name: 'clientIds',
			type: 'string',
			required: true,
			displayOptions: { show: { runOn: ['clients'] } },
			default: '',
			description:
				'IDs of the clients: a list, or text with commas. How Orion takes them is not certain from what the vendor documents.',
		},
		{
			displayName: 'Minutes to Live',
			name: 'ttl',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 1440 },
			default: 60,
			description: 'How long computers that are off may take to answer, up to a day; 0 stands for 24 hours',
		},
	],
	async execute({ item, orion }) {
		const onClients = item.text('runOn') === 'clients';
		const ids = item.list(onClients ? 'clientIds' : 'muids');
		if (ids.length === 0)
			throw new Problem(`"${onClients ? 'Client IDs' : 'MUIDs'}" is empty`, 'Say where to run the query.', 'empty');
		const query = item.required('query', 'Query');
		const ttl = wholeNumber(item.raw('ttl'), 'Minutes to Live', { min: 0, max: 1440 });
		const body = await orion.data({
			method: 'POST',
			path: onClients ? paths.queryClients : paths.queryComputers,
			body: { query, ttl, [onClients ? clientList : 'MUIDs']: ids },
			repeatable: false,
		});
		const operations = rowsOf(body).map((row) => ({
			clientId: textIn(row, 'pandaID', 'clientId'),
			operationId: textIn(row, 'operationId'),
			query,
		}));
		if (operations.length > 0) return operations.map(toItem);
		throw new Problem(
			'Orion started the query on no computer',
			'Check the IDs: they may be unknown to Orion, or out of the reach of this application.',
			'no_computer',
		);
	},
});
