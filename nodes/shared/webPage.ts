/** True where a body is a web page: a login form, a proxy's message, a wrong address. An API answers with JSON. */
export const isWebPage = (status: number, headers: Record<string, unknown>, body: unknown): boolean =>
	(status >= 300 && status < 400) ||
	/text\/html/i.test(String(headers['content-type'] ?? '')) ||
	(typeof body === 'string' && /^\s*<(!doctype|html)/i.test(body));
