export type RelativePath = { ok: true; path: string } | { ok: false; problem: string };

const wrong = (problem: string): RelativePath => ({ ok: false, problem });

/**
 * A path below the address in the credential, as it may be appended to that. The key or token (`secret`) goes wherever the request goes, so all
 * that could lead to another host or out of the base path is refused: schemes, //host, backslashes, users, dot segments, encoded ones too.
 */
export function relativePath(given: string, secret: string): RelativePath {
	const path = given.trim();
	if (path === '') return wrong('The path is empty');
	if (/^[a-z][a-z0-9+.-]*:/i.test(path) || /^[/\\]{2}/.test(path))
		return wrong(`The path is not relative, and ${secret} goes to the server of the credential only`);
	if (/[\s\p{Cc}\\#@]/u.test(path))
		return wrong('The path has a blank, a backslash, # or @ in it, which have to be encoded, such as %20');
	if (path.includes('?')) return wrong('The path has a query in it, which belongs under "Query"');
	const inside = path.startsWith('/') ? path : `/${path}`;
	if (inside.split('/').some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment)))
		return wrong('The path has . or .. in it');
	return { ok: true, path: inside };
}
