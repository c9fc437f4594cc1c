import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import { connectionTrouble } from '../../shared/connection';
import { withoutSecrets } from '../../shared/http';
import { probe } from '../../shared/probe';
import { CredentialProblem } from '../../shared/problem';
import { tlsOptions } from '../../shared/tls';
import { withholding } from '../../shared/withhold';
import { asRecord, asText } from '../json';
import { readAnswer } from './answer';

/** MISP takes the bare key; a Bearer prefix is refused with 403. */
export const withKey = (
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions => ({
	...request,
	headers: { ...request.headers, [String(credential.headerName || 'Authorization')]: String(credential.apiKey).trim() },
	...tlsOptions(credential),
});

/**
 * Asks MISP for its version: the cheapest request that needs a valid key.
 * @throws Problem with what to change in the credential
 */
export async function mispVersion(
	helpers: IHttpRequestHelper['helpers'],
	credential: ICredentialDataDecryptedObject,
): Promise<string> {
	const url = String(credential.url).trim().replace(/\/+$/, '');
	const path = '/servers/getVersion';
	const reply = withoutSecrets(
		await probe(helpers, withKey(credential, { url: url + path, headers: { Accept: 'application/json' } })),
		withholding([credential.apiKey]),
	);
	if (reply.kind === 'no answer') {
		const trouble = connectionTrouble(reply.code, { server: 'MISP', url, urlField: 'URL' });
		throw new CredentialProblem(
			trouble?.message ?? `MISP was not reached: ${reply.reason}`,
			trouble?.advice ?? 'Check the URL in the credential.',
			reply.code,
		);
	}
	const reading = readAnswer({ method: 'GET', path, status: reply.status, headers: reply.headers, body: reply.body });
	if (reading.kind === 'problem')
		throw new CredentialProblem(reading.problem.message, reading.problem.advice, reading.problem.code);
	const version = asText(asRecord(reading.body).version);
	if (version !== '') return version;
	throw new CredentialProblem(
		`What answers at ${url} is not MISP`,
		'Enter the address of the MISP instance, with its path where it has one.',
		'not_misp',
	);
}
