import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';
import type { Answer, NoAnswer } from './http';

/**
 * One request of a credential on its own behalf, before it is used: to sign in, or to see whom it talks to.
 * Whatever comes back is an answer; nothing is thrown here, so that the credential can say what to change.
 */
export async function probe(
	helpers: IHttpRequestHelper['helpers'],
	options: IHttpRequestOptions,
): Promise<Answer | NoAnswer> {
	try {
		const response: { statusCode: number; headers: Record<string, unknown>; body: unknown } = await helpers.httpRequest(
			{
				json: true,
				timeout: 30_000,
				...options,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				sendCredentialsOnCrossOriginRedirect: false,
			},
		);
		return { kind: 'answer', status: response.statusCode, headers: response.headers, body: response.body };
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : '';
		return { kind: 'no answer', code, reason: error instanceof Error ? error.message : String(error) };
	}
}
