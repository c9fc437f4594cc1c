import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createServer, request } from 'node:http';

export interface Passed {
	method: string;
	/** Path and query. */
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
}

interface Given {
	status: number;
	headers?: Record<string, string>;
	body: unknown;
}

export interface QuotingFront {
	url: string;
	/** All that came by, with headers. */
	passed: Passed[];
	/** Answers in place of the server behind, where it gives something; `quote` is the request with headers and body, as servers in debug mode print it. */
	instead: (passed: Passed, quote: string) => Given | undefined;
	close(): Promise<void>;
}

/** Stands before a server, hands everything on and sees what clients send; for a test it answers itself, as a proxy in debug mode would. */
export async function startQuotingFront(behind: string): Promise<QuotingFront> {
	const target = new URL(behind);
	const server = createServer((incoming, outgoing) => {
		void read(incoming).then((body) => {
			const one: Passed = {
				method: incoming.method ?? '',
				path: incoming.url ?? '',
				headers: incoming.headers,
				body: body.toString(),
			};
			front.passed.push(one);
			const given = front.instead(one, `${one.method} ${one.path}\n${JSON.stringify(one.headers)}\n${one.body}`);
			if (given) {
				const headers = { 'content-type': 'application/json', ...given.headers };
				outgoing
					.writeHead(given.status, headers)
					.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body));
				return;
			}
			const { path, method, headers } = one;
			const forwarded = request({ host: target.hostname, port: target.port, path, method, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			});
			forwarded.once('error', () => outgoing.writeHead(502).end());
			forwarded.end(body);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The front has no port');
	const front: QuotingFront = {
		url: `http://127.0.0.1:${address.port}`,
		passed: [],
		instead: () => undefined,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return front;
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of incoming) chunks.push(chunk);
	return Buffer.concat(chunks);
}
