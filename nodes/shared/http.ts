import type {
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import { CredentialProblem } from './problem';
import type { Withholding } from './withhold';

/** Who makes a request: a node in any of its roles (execution, poll, drop-down). */
export type Caller = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export interface HttpRequest {
	method: IHttpRequestMethods;
	url: string;
	headers?: Record<string, string>;
	query?: Record<string, string>;
	body?: object | string;
	timeoutMs: number;
	/** Asks for the bytes of the answer, for a file. */
	binary?: boolean;
	/** Statuses that n8n itself is to see, so that it renews the credential's token and tries once more. */
	renewOn?: number[];
	/** What the request carries of the credential, asked for when the answer is there: it may have been renewed by then. */
	secrets: () => Promise<Withholding>;
}

export interface Answer {
	kind: 'answer';
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	/** Parsed where it was JSON, otherwise as sent. */
	body: unknown;
}

/** No answer came: `code` is Node's (ECONNREFUSED, ETIMEDOUT, SELF_SIGNED_CERT_IN_CHAIN …) or '' where there was none. */
export interface NoAnswer {
	kind: 'no answer';
	code: string;
	reason: string;
	/** What to change, where the credential found that out itself before the request. */
	advice?: string;
}

/**
 * One request through n8n's helper with the credential of this type, whatever the answer's status.
 * Redirects are answers too: both servers redirect to a login page where an API client should see an error,
 * and a followed redirect could carry a key to another origin.
 */
export async function exchange(caller: Caller, credential: string, request: HttpRequest): Promise<Answer | NoAnswer> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: request.headers ?? {},
		timeout: request.timeoutMs,
		json: true,
		returnFullResponse: true,
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		ignoreHttpStatusErrors: request.renewOn ? { ignore: true, except: request.renewOn } : true,
		...(request.query && { qs: request.query }),
		...(request.body !== undefined && { body: request.body }),
		...(request.binary && { encoding: 'arraybuffer' as const }),
	};
	return withoutSecrets(await send(caller, credential, options), await request.secrets());
}

async function send(caller: Caller, credential: string, options: IHttpRequestOptions): Promise<Answer | NoAnswer> {
	try {
		const response: { statusCode: number; headers: Record<string, unknown>; body: unknown } =
			await caller.helpers.httpRequestWithAuthentication.call(caller, credential, options);
		return { kind: 'answer', status: response.statusCode, headers: response.headers, body: response.body };
	} catch (error) {
		return readFailure(error);
	}
}

/** The reply without what it quotes of the credential; files stay as they are. */
export function withoutSecrets<Reply extends Answer | NoAnswer>(reply: Reply, { text, json }: Withholding): Reply {
	if (reply.kind === 'no answer') return { ...reply, reason: text(reply.reason) };
	const headers = Object.entries(reply.headers).map(([name, value]) => [name, json(value)]);
	const body = reply.body instanceof Uint8Array ? reply.body : json(reply.body);
	return { ...reply, headers: Object.fromEntries(headers), body };
}

function readFailure(error: unknown): Answer | NoAnswer {
	// A failure with a good status is an answer that broke off: its status came, its body didn't.
	if (error instanceof NodeApiError && error.httpCode && /^[345]\d\d$/.test(error.httpCode)) {
		return { kind: 'answer', status: Number(error.httpCode), headers: {}, body: error.context.data };
	}
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	if (cause instanceof CredentialProblem)
		return { kind: 'no answer', code: cause.situation, reason: cause.what, advice: cause.advice };
	const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
	return { kind: 'no answer', code, reason: cause instanceof Error ? cause.message : String(cause) };
}
