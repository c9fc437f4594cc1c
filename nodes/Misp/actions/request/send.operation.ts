import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import { relativePath } from '../../../shared/relativePath';
import { eachItem } from '../../call';
import { readBody, readRecord } from '../../../shared/jsonField';
import { asText, isRecord } from '../../json';
import { limits } from '../../limits';
import { endless, mostIdlePages } from '../../search/endless';
import { readCount } from '../../search/rows';
import type { Misp } from '../../transport/connect';
import { problemOf } from '../../transport/connect';
import { keyOf, pagePath, rowsOf } from './paging';

const methods: readonly IHttpRequestMethods[] = ['DELETE', 'GET', 'POST', 'PUT'];

/** Any endpoint of MISP. */
export const send = eachItem({
	name: 'Send',
	action: 'Send a request to any endpoint',
	description:
		'Send a request to any endpoint of this MISP, with the key of the credential. Answers are read as in the other operations: a failure that MISP answers with HTTP 200 is an error.',
	destructive: true,
	fields: [
		{
			displayName: 'Method',
			name: 'method',
			type: 'options',
			options: methods.map((method) => ({ name: method, value: method })),
			default: 'GET',
			description: 'The HTTP method. MISP takes searches and changes as POST.',
		},
		{
			displayName: 'Path',
			name: 'path',
			type: 'string',
			required: true,
			default: '',
			placeholder: '/events/index',
			description: 'The path below the URL of the credential. Other hosts are refused.',
		},
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '{}',
			description:
				'Parameters of the query as an object. MISP mostly takes them in the path (/limit:5/page:2) or in the body.',
		},
		{
			displayName: 'Body',
			name: 'body',
			type: 'json',
			displayOptions: { show: { method: ['POST', 'PUT'] } },
			default: '{}',
			description: 'The body, as JSON',
		},
		{
			displayName: 'Read All Pages',
			name: 'paging',
			type: 'boolean',
			default: false,
			description: 'Whether to ask for page after page until there are no more, for lists and searches',
		},
		{
			displayName: 'Page Size',
			name: 'pageSize',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 50_000 },
			displayOptions: { show: { paging: [true] } },
			default: 1000,
			description: 'How many rows to ask MISP for at a time',
		},
	],
	async execute({ item, misp }) {
		const path = relativePath(item.text('path'), 'the API key');
		if (!path.ok) throw new Problem(path.problem, 'Give a path such as /events/index.', 'bad_path');
		const method = methods.find((one) => one === item.text('method'));
		if (!method)
			throw new Problem(
				`"${item.text('method')}" is no method that MISP takes`,
				`Use one of ${methods.join(', ')}.`,
				'bad_choice',
			);
		const body = method === 'POST' || method === 'PUT' ? readBody('Body', item.raw('body')) : undefined;
		const request = { method, path: path.path, query: readRecord('Query', item.raw('query')), body };
		return item.flag('paging')
			? await readPages(misp, request, item.number('pageSize'))
			: toItems((await ask(misp, request)).body);
	},
});

interface Request {
	method: IHttpRequestMethods;
	path: string;
	query: IDataObject;
	body: object | undefined;
}

async function ask(misp: Misp, { method, path, query, body }: Request) {
	const parameters = Object.entries(query).map(
		([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
	);
	const reading = await misp.ask({
		method,
		path: parameters.length === 0 ? path : `${path}?${parameters.join('&')}`,
		// Nothing is known of the endpoint: only what reads may be sent twice.
		repeatable: method === 'GET' || /\/restSearch(\/|$)/i.test(path),
		timeoutMs: limits.longTimeoutMs,
		...(body && { body }),
	});
	if (reading.kind === 'problem') throw problemOf(reading.problem);
	return reading;
}

const toItem = (value: unknown): IDataObject => (isRecord(value) ? value : { data: asText(value) });

const toItems = (body: unknown): IDataObject[] => (Array.isArray(body) ? body.map(toItem) : [toItem(body)]);

/**
 * Page by page until one brings nothing new: some endpoints ignore paging and answer with everything, or with the last page again.
 * Searches with warninglists come back short in the middle, so there MISP's own count decides.
 */
async function readPages(misp: Misp, request: Request, size: number): Promise<IDataObject[]> {
	const rows = new Map<string, IDataObject>();
	let idle = 0;
	for (let page = 1; ; page++) {
		const { body, headers } = await ask(misp, pageOf(request, page, size));
		const found = rowsOf(body);
		if (!found)
			throw new Problem('The answer is not a list, so it has no pages', 'Switch off "Read All Pages".', 'not_a_list');
		const before = rows.size;
		for (const row of found) rows.set(keyOf(row), row);
		const more =
			request.body !== undefined && isAttributeSearch(request.path)
				? (readCount(headers) ?? 0) > size
				: found.length >= size;
		idle = rows.size === before ? idle + 1 : 0;
		if (!more || (found.length > 0 && idle > 0)) return [...rows.values()];
		if (idle >= mostIdlePages) throw endless();
	}
}

const isAttributeSearch = (path: string): boolean => /\/attributes\/restSearch/i.test(path);

function pageOf(request: Request, page: number, limit: number): Request {
	if (request.body === undefined || Array.isArray(request.body))
		return { ...request, path: pagePath(request.path, page, limit) };
	// Without an order MISP's pages of attributes overlap and leave gaps (2.5.1).
	const order = isAttributeSearch(request.path) ? { order: 'Attribute.id asc' } : {};
	return { ...request, body: { ...order, ...request.body, page, limit } };
}
