import type { IncomingHttpHeaders } from 'node:http';
import { createServer as createPlain } from 'node:http';
import type { ServerOptions } from 'node:https';
import { createServer as createSecure } from 'node:https';

/** A request as it came, with all its headers. */
export interface Received {
	method: string;
	/** Path and query. */
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface Given {
	status?: number;
	headers?: Record<string, string>;
	/** Text is sent as it is, anything else as JSON. */
	body?: unknown;
}

export interface AnsweringServer {
	/** By the name `localhost`, without a slash at the end. */
	url: string;
	received: Received[];
	close(): Promise<void>;
}

/** A server that answers everything as it is told, over TLS where there are certificates for it. */
export async function startAnswering(
	answer: (received: Received) => Given | Promise<Given>,
	tls?: ServerOptions,
): Promise<AnsweringServer> {
	const received: Received[] = [];
	const server = tls ? createSecure(tls) : createPlain();
	server.on('request', (request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const one: Received = {
				method: request.method ?? '',
				path: request.url ?? '',
				headers: request.headers,
				body: Buffer.concat(chunks).toString(),
			};
			received.push(one);
			void Promise.resolve(answer(one)).then(({ status = 200, headers = {}, body = {} }) => {
				const text = typeof body === 'string' ? body : JSON.stringify(body);
				response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
			});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return {
		url: `${tls ? 'https' : 'http'}://localhost:${address.port}`,
		received,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
