import { Problem } from '../../../shared/problem';
import { relativePath } from '../../../shared/relativePath';
import { asText, isRow } from '../../answers/row';
import { eachItem } from '../../call';
import { readBody, readRecord } from '../../../shared/jsonField';
import { toItem } from '../../item';

/** Any call of Orion's API. */
export const send = eachItem({
	name: 'Send',
	action: 'Send a request to any call of the API',
	description:
		'Send a request to any call of the Orion API, with the token of the credential. Failures are read as in the other operations.',
	destructive: true,
	fields: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: [
				{ name: 'GET', value: 'GET' },
				{ name: 'POST', value: 'POST' },
			],
			default: 'GET',
			description: 'The HTTP method. Orion uses these two.',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: '/applications/forensics/md5/…/info',
			description: 'The path below /api/v1. Other hosts are refused.',
		},
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '{}',
			description: 'Parameters of the query as an object',
		},
		{
			displayName: 'Body',
			name: 'body',
			type: 'json',
			displayOptions: { show: { method: ['POST'] } },
			default: '{}',
			description: 'The body, as JSON',
		},
		{
			displayName: 'May Be Repeated',
			name: 'repeatable',
			type: 'boolean',
			displayOptions: { show: { method: ['POST'] } },
			default: false,
			description: 'Whether the request does no harm twice, so that it may be sent again where no answer came',
		},
	],
	async execute({ item, orion }) {
		const path = relativePath(item.text('path'), 'the token');
		if (!path.ok)
			throw new Problem(
				path.problem,
				'Give a path such as /applications/alerts/1767225600000/1767312000000.',
				'bad_path',
			);
		const isPost = item.text('method') === 'POST';
		const answer = await orion.data({
			method: isPost ? 'POST' : 'GET',
			// Given as Orion's page has it, with what the address ends in already.
			path: path.path.replace(/^\/api\/v1(?=\/)/, ''),
			query: Object.fromEntries(
				Object.entries(readRecord('Query', item.raw('query'))).map(([name, value]) => [name, asText(value)]),
			),
			repeatable: !isPost || item.flag('repeatable'),
			timeoutMs: 120_000,
			...(isPost && { body: readBody('Body', item.raw('body')) }),
		});
		return (Array.isArray(answer) ? answer : [answer]).map((entry: unknown) =>
			isRow(entry) ? toItem(entry) : { data: asText(entry) },
		);
	},
});
