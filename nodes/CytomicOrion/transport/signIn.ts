import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';
import { connectionTrouble } from '../../shared/connection';
import { isWebPage } from '../../shared/looksLikeApi';
import { probe } from '../../shared/probe';
import { Problem } from '../../shared/problem';
import { tlsOptions } from '../../shared/tls';
import { apiBase } from './addresses';

/**
 * Signs in with OAuth2's password grant: the application's user name and password in the form, Cytomic's published client id
 * and secret as Basic, scope orion.api. Refresh tokens rotate, which workers that share a credential would trip over:
 * so each renewal is a new sign-in.
 * @returns the access token
 * @throws Problem with what to change in the credential
 */
export async function signIn(helpers: IHttpRequestHelper['helpers'], credential: ICredentialDataDecryptedObject): Promise<string> {
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
		const trouble = connectionTrouble(reply.code, { server: "Orion's token server", url, urlField: 'Token URL' });
		throw new Problem(sentence(trouble?.message ?? `Orion's token server was not reached: ${reply.reason}`, trouble?.advice));
	}
	const { status, headers, body } = reply;
	const words = oauthWords(body);
	if (isWebPage(status, headers, body)) {
		throw new Problem(sentence('The Token URL leads to a web page, not to a token server', 'Enter https://auth.pandasecurity.com/oauth/token, or the address that Cytomic gave you.'));
	}
	if (words.error === 'invalid_client') {
		throw new Problem(sentence('Orion does not know this client id and secret', "Copy both from Cytomic's API documentation; they are the same for all customers.", words.description));
	}
	if (status === 400 || status === 401 || status === 403) {
		throw new Problem(sentence('Orion refused the sign-in', 'Check user name and password: in Orion under Settings > Authorized applications. A lost password cannot be shown again; authorize the application anew.', words.description ?? words.error));
	}
	if (status === 404 || status === 405) {
		throw new Problem(sentence(`There is no token server at the Token URL (HTTP ${status})`, 'Enter https://auth.pandasecurity.com/oauth/token, or the address that Cytomic gave you.'));
	}
	if (status !== 200 || typeof words.token !== 'string') {
		throw new Problem(sentence(`Orion's token server answered without a token (HTTP ${status})`, 'Try again later.'));
	}
	return words.token;
}

/** Sees that the API URL leads to an API: a web page there would otherwise look like an empty answer. */
export async function checkApi(helpers: IHttpRequestHelper['helpers'], credential: ICredentialDataDecryptedObject, token: string): Promise<void> {
	const base = apiBase(String(credential.apiUrl));
	// Any answer in JSON will do, be it a refusal: the application may lack the permission to look up files.
	const reply = await probe(helpers, {
		method: 'GET',
		url: `${base}/applications/forensics/md5/00000000000000000000000000000000/info`,
		headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' },
		...tlsOptions(credential),
	});
	if (reply.kind === 'no answer') {
		const trouble = connectionTrouble(reply.code, { server: 'Orion', url: base, urlField: 'API URL' });
		throw new Problem(sentence(trouble?.message ?? `Orion was not reached: ${reply.reason}`, trouble?.advice));
	}
	if (isWebPage(reply.status, reply.headers, reply.body)) {
		throw new Problem(sentence('The API URL leads to a web page, not to the API', 'Enter https://api.orion.cytomic.ai/api/v1/applications/, or the address that Cytomic gave you.'));
	}
	if (reply.status === 401) {
		throw new Problem(sentence('Orion issued a token but does not accept it at the API URL', 'Check that API URL and Token URL belong to the same Orion.'));
	}
}

const sentence = (what: string, advice?: string, theirs?: string) =>
	[`${what}.`, theirs && `Orion says: ${theirs}.`, advice].filter(Boolean).join(' ');

function oauthWords(body: unknown): { token?: unknown; error?: string; description?: string } {
	if (typeof body !== 'object' || body === null) return {};
	const { access_token: token, error, error_description: description } = body as Record<string, unknown>;
	return {
		token,
		...(typeof error === 'string' && { error }),
		...(typeof description === 'string' && { description: description.slice(0, 200) }),
	};
}
