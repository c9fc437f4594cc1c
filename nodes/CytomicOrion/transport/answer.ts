import { isFields } from '../../shared/fields';
import { isWebPage } from '../../shared/webPage';
import { asText, field } from '../answers/row';

/**
 * What an answer of Orion says. Cytomic's page has a chapter "Return Codes" that is not public: the table goes by HTTP,
 * by the one answer seen (`{httpStatusCode, success, message, error}`) and by the permissions of an application in the console.
 */
export type Reading = { kind: 'data'; body: unknown } | { kind: 'problem'; problem: OrionProblem };

export interface OrionProblem {
	code:
		| 'refused'
		| 'unauthorized'
		| 'sign_in'
		| 'forbidden'
		| 'not_found'
		| 'not_an_api'
		| 'rate_limited'
		| 'unavailable'
		| 'unreadable'
		| 'no_answer'
		| 'stopped';
	message: string;
	advice: string;
	/** The same request may succeed a moment later. */
	transient: boolean;
}

export interface OrionAnswer {
	status: number;
	headers: Record<string, unknown>;
	body: unknown;
	path: string;
}

interface Row {
	when: (answer: OrionAnswer) => boolean;
	code: OrionProblem['code'];
	message: (answer: OrionAnswer) => string;
	advice: string | ((answer: OrionAnswer) => string);
	transient?: boolean;
}

const status =
	(...wanted: number[]) =>
	(answer: OrionAnswer) =>
		wanted.includes(answer.status);

const isPage = ({ status: code, headers, body }: OrionAnswer) => isWebPage(code, headers, body);

/** The first row that fits tells what happened. */
const rows: readonly Row[] = [
	{
		when: status(401),
		code: 'unauthorized',
		message: () => 'Orion does not accept the access token, not even a new one',
		advice: 'Check user name and password in the credential: in Orion under Settings > Authorized applications.',
	},
	{
		when: (answer) => answer.status === 403 && !isPage(answer),
		code: 'forbidden',
		message: () => 'The application has no permission for this in Orion',
		advice: ({ path }) =>
			`Give it the permission ${permissionFor(path)} in Orion under Settings > Authorized applications.`,
	},
	{
		when: status(429),
		code: 'rate_limited',
		message: () => 'Orion takes no more requests for the moment',
		advice: 'Run it again later, or with less concurrency.',
		transient: true,
	},
	{
		when: ({ status: code }) => code === 408 || code === 425 || code >= 500,
		code: 'unavailable',
		message: ({ status: code, ...answer }) => `Orion is not available at the moment (HTTP ${code})${said(answer.body)}`,
		advice: 'Run it again later: what was accepted is kept, and the rest is sent then.',
		transient: true,
	},
	{
		when: isPage,
		code: 'not_an_api',
		message: () => 'A web page came where the API of Orion should answer',
		advice: 'Check "API URL" in the credential, and whether a proxy between n8n and Orion asks for a login.',
	},
	{
		when: status(404, 405, 410),
		code: 'not_found',
		message: ({ path, status: code }) => `Orion knows no ${path} (HTTP ${code})`,
		advice: 'Check "API URL" in the credential, such as https://api.orion.cytomic.ai/api/v1/applications/.',
	},
	{
		when: ({ status: code }) => code >= 400,
		code: 'refused',
		message: ({ status: code, body }) => `Orion refused it (HTTP ${code})${said(body)}`,
		advice: 'See what Orion says about the value.',
	},
	{
		when: ({ body }) => saysNo(body),
		code: 'refused',
		message: ({ body }) => `Orion refused it${said(body)}`,
		advice: 'See what Orion says about the value.',
	},
	{
		// Text where JSON is due: an answer that was cut off. The request itself may have gone through.
		when: ({ body }) => typeof body === 'string' && body.trim() !== '',
		code: 'unreadable',
		message: () => "Orion's answer could not be read: it was cut off",
		advice: 'Run it again.',
		transient: true,
	},
];

export function readAnswer(received: OrionAnswer): Reading {
	const answer = { ...received, status: statusOf(received) };
	const row = rows.find(({ when }) => when(answer));
	if (!row) return { kind: 'data', body: answer.body };
	const { code, message, advice, transient = false } = row;
	return {
		kind: 'problem',
		problem: {
			code,
			message: message(answer),
			advice: typeof advice === 'string' ? advice : advice(answer),
			transient,
		},
	};
}

/** `success: false`, in whatever case the server writes names and words: to miss it would count refused IOCs as imported. */
const saysNo = (body: unknown): boolean => isFields(body) && asText(field(body, 'success')).toLowerCase() === 'false';

/** HTTP's status; under a 200, the one that the body tells, since Orion's envelope has a status of its own. */
function statusOf({ status: code, body }: OrionAnswer): number {
	const told =
		code === 200 && isFields(body) && saysNo(body) ? Number(asText(field(body, 'httpStatusCode'))) : Number.NaN;
	return Number.isInteger(told) && told > 200 ? told : code;
}

/** The permissions of an application, as the console names them. */
const permissions: ReadonlyArray<readonly [RegExp, string]> = [
	[/\/iocs\/.*\/(getter|retrospectivesearcher)/, '"Search for IOCs"'],
	[/\/iocs\/.*\/eraser/, '"Delete IOCs for all clients"'],
	[/\/iocs\//, '"Import IOCs for all clients"'],
	[/\/alerts\//, '"Get indicators"'],
	[/\/forensics\//, '"View information about a file, get the computers on which it was seen"'],
	[/\/(isolate|deisolate)/, '"Isolate/deisolate computers"'],
	[/\/reboot/, '"Restart computers"'],
	[/\/osQuery/i, '"Access to OSQuery"'],
	[/\/explorations/, '"Access to advanced queries"'],
];

const permissionFor = (path: string): string => permissions.find(([pattern]) => pattern.test(path))?.[1] ?? 'it needs';

const longestQuote = 300;

/** Orion's own words, where there are any. */
function said(body: unknown): string {
	const words = quote(body);
	return words === '' ? '' : `: ${words.slice(0, longestQuote)}`;
}

function quote(body: unknown): string {
	if (typeof body === 'string') return /^\s*</.test(body) ? '' : body.trim();
	if (!isFields(body)) return '';
	const parts = ['error', 'message', 'errorMessage', 'title']
		.map((name) => field(body, name))
		.map((part) => (isFields(part) ? quote(part) : part));
	return [...new Set(parts.filter((part) => typeof part === 'string' && part !== ''))].join(', ');
}
