import { isRecord } from '../json';
import { MispError, notFound, type Answer } from './answers';
import type { Call } from './call';
import type { SearchParams } from './search';

/** What the restSearch of all controllers have in common: where parameters come from, headers, formats. */

const NO_PARAMETERS =
	'Restsearch queries using GET and no parameters are not allowed. If you have passed parameters via a JSON body, make sure you use POST requests.';

/** The body (bare or in `{"request": …}`), or for GET the `key:value` parts of the path; the query string counts for nothing. */
export function searchParams(call: Call): SearchParams {
	const [format] = call.args;
	const named = { ...(format === undefined ? {} : { returnFormat: format }), ...call.named };
	if (call.method === 'GET') {
		if (Object.keys(named).length === 0) throw new MispError(400, NO_PARAMETERS);
		return named;
	}
	const body = isRecord(call.body) ? call.body : {};
	const inner = body['request'];
	return { ...named, ...(isRecord(inner) ? inner : body) };
}

export function formatOf(params: SearchParams): string {
	const format = params['returnFormat'];
	return typeof format === 'string' && format !== '' ? format : 'json';
}

export interface Found {
	readonly resultCount: number;
	readonly skipped?: number;
}

export function searchHeaders(
	format: string,
	responseFormat: string,
	{ resultCount, skipped = 0 }: Found,
): Record<string, string> {
	return {
		'X-Result-Count': String(resultCount),
		'X-Export-Module-Used': format,
		'X-Response-Format': responseFormat,
		'X-Skipped-Elements-Count': String(skipped),
	};
}

export function unknownFormat(): MispError {
	return notFound('Invalid output format.');
}

export function searched(body: unknown, contentType: string, headers: Record<string, string>): Answer {
	return { status: 200, headers, contentType, body };
}
