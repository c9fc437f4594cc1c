/** What a controller says. `body` is sent as JSON unless it is a string with a content type of its own. */
export interface Answer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly contentType?: string;
	readonly body: unknown;
}

export const JSON_TYPE = 'application/json; charset=UTF-8';
export const HTML_TYPE = 'text/html; charset=UTF-8';

export function ok(body: unknown, headers?: Record<string, string>): Answer {
	return headers ? { status: 200, body, headers } : { status: 200, body };
}

/** CakePHP's exception as MISP renders it: the text twice, and the path as asked for. */
export class MispError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly headers?: Readonly<Record<string, string>>,
	) {
		super(message);
	}
}

export function errorBody(message: string, url: string): Record<string, unknown> {
	return { name: message, message, url };
}

export const TEXTS = {
	badKey:
		'Authentication failed. Please make sure you pass the API key of an API enabled user along in the Authorization header.',
	disabled: 'Authentication failed. Your user account has been disabled.',
	forbidden: 'You do not have permission to use this functionality.',
	internal: 'An Internal Error Has Occurred.',
	malformed:
		'Invalid JSON input. Make sure that the JSON input is a correctly formatted JSON string. This request has been blocked to avoid an unfiltered request.',
	rateLimit: 'Rate limit exceeded.',
	foreignTag:
		'Cannot alter the tags of this data, only the organisation that has created the data (orgc) can modify global tags.',
} as const;

export const forbidden = (): MispError => new MispError(403, TEXTS.forbidden);
export const internal = (): MispError => new MispError(500, TEXTS.internal);
export const notFound = (message: string): MispError => new MispError(404, message);
export const notAllowed = (message: string): MispError => new MispError(405, message);

/** `saveSuccessResponse`: `{saved, success, name, message, url, id?}` */
export function saved(message: string, url: string, id?: string | number): Answer {
	return ok({
		saved: true,
		success: true,
		name: message,
		message,
		url,
		...(id === undefined ? {} : { id }),
	});
}

/** `saveFailResponse`, always a 403 although it mostly means that something did not validate. */
export function refused(message: string, url: string, errors: unknown, id?: string): Answer {
	return {
		status: 403,
		body: {
			saved: false,
			name: message,
			message,
			url,
			errors,
			...(id === undefined ? {} : { id }),
		},
	};
}

/** How MISP answers actions made for its web pages: a redirect with an empty body, whatever came of it. */
export function redirect(location: string): Answer {
	return { status: 302, headers: { location }, contentType: HTML_TYPE, body: '' };
}
