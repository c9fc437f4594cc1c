export type RelativePath = { ok: true; path: string } | { ok: false; problem: string };

const wrong = (problem: string): RelativePath => ({ ok: false, problem });

/**
 * A path below the MISP of the credential, as it may be appended to its URL. The key goes wherever the request goes, so everything that could
 * lead to another host or out of the base path is refused: schemes, //host, backslashes, users, dot segments, also where they are encoded.
 */
export function relativePath(given: string): RelativePath {
	const path = given.trim();
	if (path === '') return wrong('The path is empty.');
	if (/^[a-z][a-z0-9+.-]*:/i.test(path) || /^[/\\]{2}/.test(path)) return wrong('The path has to be relative, such as /events/index: the API key is sent to the MISP of the credential only.');
	if (/[\s\p{Cc}\\#@]/u.test(path)) return wrong('The path has a blank, a backslash, # or @ in it. Encode such characters, such as %20.');
	if (path.includes('?')) return wrong('The path has a query in it. Give it under "Query".');
	const inside = path.startsWith('/') ? path : `/${path}`;
	if (inside.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) return wrong('The path has . or .. in it.');
	return { ok: true, path: inside };
}
