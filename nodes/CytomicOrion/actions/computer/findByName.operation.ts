import { otherComputerFields, readComputer } from '../../answers/computer';
import { asText, isRow, rowsOf } from '../../answers/row';
import { eachItem } from '../../call';
import { toItem } from '../../item';
import { limits } from '../../limits';
import { problemOf } from '../../transport/connect';
import { paths } from '../../transport/paths';

/** GET /applications/clients/{client}/machine-name/{name}/muid */
export const findByName = eachItem({
	name: 'Find by Name',
	action: 'Find computers by their name',
	description: "Find a client's computers by their name or a part of it. Not documented by the vendor.",
	concurrency: limits.concurrency,
	fields: [
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			description: 'ID of the client, as indicators and computers have it',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'PC-ACCOUNTS',
			description: 'Name of the computer, or a part of it',
		},
	],
	async execute({ item, orion }) {
		const clientId = item.required('clientId', 'Client ID');
		const reading = await orion.ask({
			method: 'GET',
			path: paths.computersByName(clientId, item.required('name', 'Name')),
		});
		if (reading.kind === 'data') return computersIn(reading.body).map((computer) => toItem({ clientId, ...computer }));
		if (reading.problem.code === 'not_found') return [];
		throw problemOf(reading.problem);
	},
});

/** How the answer looks is not public: MUIDs alone, or computers with their MUID. */
function computersIn(body: unknown): object[] {
	const entries: unknown[] = Array.isArray(body) ? body : isRow(body) ? rowsOf(body) : [body];
	return entries.flatMap((entry): object[] => {
		if (!isRow(entry)) return asText(entry) === '' ? [] : [{ muid: asText(entry) }];
		const { muid, machineName } = readComputer('', entry);
		return muid === '' ? [] : [{ muid, machineName, ...otherComputerFields(entry) }];
	});
}
