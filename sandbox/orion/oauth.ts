import type { FastifyInstance } from 'fastify';
import { ApiError } from './answers';
import type { Tokens } from './tokens';

export const TOKEN_PATH = '/oauth/token';

/** The token endpoint: the password grant, form-encoded, the client's id and secret as HTTP Basic. */
export function tokenRoutes(app: FastifyInstance, tokens: Tokens): void {
	app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
		done(null, new URLSearchParams(String(body)));
	});
	app.post(TOKEN_PATH, (request, reply) => {
		reply.header('cache-control', 'no-store');
		if (!(request.body instanceof URLSearchParams)) {
			return reply.code(400).send({ error: 'invalid_request', error_description: 'The request must be form-encoded.' });
		}
		const granted = tokens.grant(request.headers.authorization, request.body);
		if ('access_token' in granted) return reply.send(granted);
		const { status, ...refusal } = granted;
		if (status === 401) reply.header('www-authenticate', 'Basic');
		return reply.code(status).send(refusal);
	});
}

/** Bearer tokens are demanded of every API route, known or not. Faults come first, as in a proxy before the API. */
export function demandBearer(api: FastifyInstance, tokens: Tokens): void {
	api.addHook('preParsing', (request, _reply, payload, done) => {
		const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
		if (token !== undefined && tokens.accepts(token)) return done(null, payload);
		done(new ApiError(401, 'Authorization has been denied for this request.'));
	});
}
