import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { connectionTrouble } from '../../shared/connection';
import type { Answer } from '../../shared/http';
import { withoutSecrets } from '../../shared/http';
import { isFields } from '../../shared/fields';
import { isWebPage } from '../../shared/webPage';
import { probe } from '../../shared/probe';
import { CredentialProblem } from '../../shared/problem';
import { tlsOptions } from '../../shared/tls';
import type { Withholding } from '../../shared/withhold';
import { withholding } from '../../shared/withhold';
import { apiBase } from './addresses';
import type { OrionProblem } from './answer';
import { paths } from './paths';

type FaultCode = 'sign_in_refused' | 'no_token_server' | 'token_server_busy' | 'token_not_accepted' | 'api_is_a_page';

interface Fault {
	code: FaultCode;
	/** What it comes to for the request that needed the token. */
	meaning: OrionProblem['code'];
	/** Another sign-in may succeed a moment later. A refused one is not repeated: that could lock the application out. */
	transient: boolean;
}

/** What a sign-in can fail on besides the network. */
export const credentialFaults: readonly Fault[] = [
	{ code: 'sign_in_refused', meaning: 'sign_in', transient: false },
	{ code: 'no_token_server', meaning: 'sign_in', transient: false },
	{ code: 'token_server_busy', meaning: 'unavailable', transient: true },
	// Where a new token ends the older ones, another worker's sign-in may have come between.
	{ code: 'token_not_accepted', meaning: 'unauthorized', transient: false },
	{ code: 'api_is_a_page', meaning: 'not_an_api', transient: false },
];

const problem = (code: FaultCode, what: string, advice: string, theirs?: string): CredentialProblem =>
	new CredentialProblem(theirs === undefined ? what : `${what}. Orion says: ${theirs}`, advice, code);

const usualTokenUrl = 'Enter https://auth.pandasecurity.com/oauth/token, or the address that Cytomic gave you.';
const usualApiUrl = 'Enter https://api.orion.cytomic.ai/api/v1/applications/, or the address that Cytomic gave you.';

interface TokenAnswer {
	status: number;
	isPage: boolean;
	/** OAuth2's error code. */
	error: string;
	/** The server's words, where it had any. */
	theirs: string | undefined;
}

interface Row {
	when: (answer: TokenAnswer) => boolean;
	problem: (answer: TokenAnswer) => CredentialProblem;
}

/** Why no token came. The first row that fits tells. */
const rows: readonly Row[] = [
	{
		when: ({ status }) => status === 429 || status >= 500,
		problem: ({ status }) =>
			problem(
				'token_server_busy',
				`Orion's token server is not available at the moment (HTTP ${status})`,
				'Run it again later.',
			),
	},
	{
		when: ({ isPage }) => isPage,
		problem: () =>
			problem('no_token_server', 'The Token URL leads to a web page, not to a token server', usualTokenUrl),
	},
	{
		when: ({ error }) => error === 'invalid_client',
		problem: ({ theirs }) =>
			problem(
				'sign_in_refused',
				'Orion does not know this client ID and secret',
				"Copy both from Cytomic's API documentation; they are the same for all customers.",
				theirs,
			),
	},
	{
		when: ({ status }) => [400, 401, 403].includes(status),
		problem: ({ theirs }) =>
			problem(
				'sign_in_refused',
				'Orion refused the sign-in',
				'Check user name and password: in Orion under Settings > Authorized applications. A lost password cannot be shown again; authorize the application anew.',
				theirs,
			),
	},
	{
		when: ({ status }) => [404, 405, 410].includes(status),
		problem: ({ status }) =>
			problem('no_token_server', `There is no token server at the Token URL (HTTP ${status})`, usualTokenUrl),
	},
	{
		when: () => true,
		problem: ({ status }) =>
			problem('no_token_server', `Orion's token server answered without a token (HTTP ${status})`, usualTokenUrl),
	},
];

/**
 * Signs in with OAuth2's password grant: the application's user name and password in the form, Cytomic's published client id
 * and secret as Basic, scope orion.api. Refresh tokens rotate, which workers that share a credential would trip over:
 * so each renewal is a new sign-in.
 * @returns the access token
 * @throws CredentialProblem with what to change in the credential
 */
export async function signIn(
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
): Promise<string> {
	const { tokenUrl, clientId, clientSecret, username, password } = credential;
	const url = String(tokenUrl).trim();
	const reply = await probe(helpers, {
		method: 'POST',
		url,
		headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
		body: new URLSearchParams({
			grant_type: 'password',
			scope: 'orion.api',
			username: String(username).trim(),
			password: String(password),
		}),
		auth: { username: String(clientId).trim(), password: String(clientSecret).trim() },
		...tlsOptions(credential),
	});
	if (reply.kind === 'no answer') {
		throw unreached(reply, { server: "Orion's token server", url, urlField: 'Token URL' });
	}
	const token = tokenIn(reply);
	if (token !== undefined) return token;
	const answer = refusalIn(withoutSecrets(reply, sentSecrets(credential)));
	const row = rows.find(({ when }) => when(answer));
	throw row?.problem(answer);
}

/** Sees that the API URL leads to an API: a web page there would otherwise look like an empty answer. */
export async function checkApi(
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
	token: string,
): Promise<void> {
	const url = apiBase(String(credential.apiUrl));
	// Any answer in JSON will do, be it a refusal: the application may lack the permission to look up files.
	const reply = await probe(helpers, {
		method: 'GET',
		url: url + paths.fileInfo('0'.repeat(32)),
		headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' },
		...tlsOptions(credential),
	});
	if (reply.kind === 'no answer') throw unreached(reply, { server: 'Orion', url, urlField: 'API URL' });
	if (reply.status < 500 && isWebPage(reply.status, reply.headers, reply.body)) {
		throw problem('api_is_a_page', 'The API URL leads to a web page, not to the API', usualApiUrl);
	}
	if (reply.status === 401) {
		throw problem(
			'token_not_accepted',
			'Orion issued a token but does not accept it at the API URL',
			'Check that API URL and Token URL belong to the same Orion.',
		);
	}
}

/** What the sign-in carries of the credential. In words of refusal, even a short password may be taken out wherever it occurs. */
function sentSecrets({ clientId, clientSecret, password }: ICredentialDataDecryptedObject): Withholding {
	const basic = Buffer.from(`${String(clientId).trim()}:${String(clientSecret).trim()}`).toString('base64');
	return withholding([password, clientSecret, basic], 4);
}

interface Where {
	server: string;
	url: string;
	urlField: string;
}

function unreached({ code, reason }: { code: string; reason: string }, where: Where): CredentialProblem {
	const trouble = connectionTrouble(code, where);
	return new CredentialProblem(
		trouble?.message ?? `${where.server} was not reached: ${reason}`,
		trouble?.advice ?? `Check "${where.urlField}" in the credential.`,
		code,
	);
}

function tokenIn({ status, body }: Answer): string | undefined {
	if (status !== 200 || !isFields(body)) return undefined;
	const token = body.access_token;
	return typeof token === 'string' && token !== '' ? token : undefined;
}

const longestQuote = 200;

function refusalIn({ status, headers, body }: Answer): TokenAnswer {
	const { error, error_description: description } = isFields(body) ? body : {};
	const theirs = [description, error].find((text) => typeof text === 'string' && text !== '');
	return {
		status,
		isPage: isWebPage(status, headers, body),
		error: String(error ?? ''),
		theirs: typeof theirs === 'string' ? theirs.slice(0, longestQuote).replace(/\.$/, '') : undefined,
	};
}
