export type RelativePath = { ok: true; path: string } | { ok: false; problem: string };

const wrong = (problem: string): RelativePath => ({ ok: false, problem });

/**
 * A path below /api/v1 of the credential's Orion, as it may be appended to that address. The token goes wherever the request goes, so all
 * that could lead to another host or out of the API is refused: schemes, //host, backslashes, users, dot segments, encoded ones too.
 */
export function relativePath(given: string): RelativePath {
	const path = given.trim();
	if (path === '') return wrong('The path is empty');
	if (/^[a-z][a-z0-9+.-]*:/i.test(path) || /^[/\\]{2}/.test(path)) return wrong('The path is not relative, and the token goes to the Orion of the credential only');
	if (/[\s\p{Cc}\\#@]/u.test(path)) return wrong('The path has a blank, a backslash, # or @ in it');
	if (path.includes('?')) return wrong('The path has a query in it, which belongs under "Query"');
	const inside = path.startsWith('/') ? path : `/${path}`;
	if (inside.split('/').some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) return wrong('The path has . or .. in it');
	return { ok: true, path: inside.replace(/^\/api\/v1(?=\/)/, '') };
}
