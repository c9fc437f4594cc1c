import type { Result } from '../../../shared/operation';
import { Outcomes } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { isRow } from '../../answers/row';
import type { OrionCall } from '../../call';
import { eachItem } from '../../call';
import { toItem } from '../../item';
import { problemOf } from '../../transport/connect';
import { paths } from '../../transport/paths';
import type { QueryStatus } from './status';
import { isFinished, statusOf } from './status';

/** POST /osQuery/state and /osQuery/info with the operations' IDs; then the result from where its link leads. */
export const getStatus = eachItem({
	name: 'Get Status',
	action: 'Get the status and the result of an OS query',
	description:
		'See how far a query is, and get its result: its link lives for five minutes, so it is followed at once. How the calls answer is not documented by the vendor.',
	fields: [
		{
			displayName: 'Operation IDs',
			name: 'operationIds',
			type: 'string',
			required: true,
			default: '',
			placeholder: '={{ $json.operationId }}',
			description: 'IDs that Run returned: a list, or text with commas',
		},
		{
			displayName: 'Result',
			name: 'result',
			type: 'options',
			options: [
				{ name: 'As a File', value: 'file', description: 'The file as it comes, in the field "data"' },
				{ name: 'As Items', value: 'rows', description: 'One item for each row; a file where it is no list of rows' },
				{ name: 'Only the Link', value: 'link' },
			],
			default: 'rows',
			description: 'What to return of a query that is finished',
		},
	],
	async execute(call) {
		const { item, orion } = call;
		const ids = item.list('operationIds');
		if (ids.length === 0) throw new Problem('"Operation IDs" is empty', 'Give the IDs that Run returned.', 'empty');
		const readings = [];
		for (const path of paths.queryStates) readings.push(await orion.ask({ method: 'POST', path, body: ids }));
		const bodies = readings.flatMap((reading) => (reading.kind === 'data' ? [reading.body] : []));
		const [failed] = readings.flatMap((reading) => (reading.kind === 'problem' ? [reading.problem] : []));
		// One of the two may be wrong on this Orion: what the other says is enough.
		if (failed && bodies.length === 0) throw problemOf(failed);

		const results: Result[] = [];
		for (const id of ids) results.push(...(await resultsOf(call, statusOf(id, bodies, ids.length === 1))));
		return new Outcomes(results);
	},
});

async function resultsOf(call: OrionCall, query: QueryStatus): Promise<Result[]> {
	const status = {
		operationId: query.operationId,
		clientId: query.clientId,
		status: query.status || (isFinished(query) ? 'Finished' : 'Unknown'),
		finished: isFinished(query),
	};
	const form = call.item.text('result');
	if (query.url === '' || form === 'link') return [{ json: toItem({ ...status, url: query.url || undefined }) }];

	const answer = await call.download(query.url);
	if (answer.kind === 'no answer' || answer.status !== 200) {
		const why = answer.kind === 'answer' ? `HTTP ${answer.status}` : answer.reason;
		const problem = new Problem(
			`The result of the query could not be read from its link (${why})`,
			'Run Get Status again: a link lives for five minutes, and each call gives a new one.',
			'no_result',
		);
		return [{ json: toItem(status), problem }];
	}
	const bytes = bytesOf(answer.body);
	const rows = form === 'rows' ? rowsIn(bytes) : undefined;
	if (rows)
		return rows.length === 0
			? [{ json: toItem({ ...status, rows: 0 }) }]
			: rows.map((row) => ({ json: toItem({ ...status, ...row }) }));
	const type = String(answer.headers['content-type'] ?? 'application/octet-stream').split(';')[0] ?? '';
	const name = new URL(query.url).pathname.split('/').at(-1) || 'result';
	return [{ json: toItem(status), binary: { data: await call.file(bytes, name, type) } }];
}

const bytesOf = (body: unknown): Uint8Array =>
	body instanceof Uint8Array
		? body
		: body instanceof ArrayBuffer
			? new Uint8Array(body)
			: new TextEncoder().encode(String(body ?? ''));

/** The rows of a file: a JSON list of objects, or one object on each line. */
function rowsIn(bytes: Uint8Array): object[] | undefined {
	const text = new TextDecoder().decode(bytes).trim();
	const whole = jsonOf(text);
	const rows: unknown[] | undefined = Array.isArray(whole)
		? whole
		: text.includes('\n')
			? text
					.split('\n')
					.filter((line) => line.trim() !== '')
					.map(jsonOf)
			: undefined;
	return rows?.every(isRow) ? rows.filter(isRow) : undefined;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
