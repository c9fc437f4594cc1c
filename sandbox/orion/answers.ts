import type { FastifyError, FastifyInstance } from 'fastify';

/** What the import of IOCs is known to answer (seen on a tenant, 2023). */
export interface Envelope {
	httpStatusCode: number;
	success: boolean;
	message: string | null;
	error: string | null;
}

export function accepted(message: string): Envelope {
	return { httpStatusCode: 200, success: true, message, error: null };
}

/**
 * The body of a failure. No public source shows one: this reuses the envelope of a success,
 * whose `success` and `error` fields other clients are seen to check.
 */
export function refused(httpStatusCode: number, error: string): Envelope {
	return { httpStatusCode, success: false, message: null, error };
}

/** Thrown by a route, answered as JSON with that status. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

function statusOf(error: FastifyError | ApiError): number {
	return error instanceof ApiError ? error.status : (error.statusCode ?? 500);
}

export function answerErrorsAsJson(app: FastifyInstance): void {
	app.setErrorHandler((error: FastifyError | ApiError, _request, reply) => {
		const status = statusOf(error);
		if (status === 401) reply.header('www-authenticate', 'Bearer');
		return reply.code(status).send(refused(status, error.message));
	});
	app.setNotFoundHandler((request, reply) =>
		reply.code(404).send(refused(404, `No resource answers ${request.method} ${request.url.split('?')[0]}.`)),
	);
}
