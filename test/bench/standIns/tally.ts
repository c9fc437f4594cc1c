import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** What went over the wire to and from one server, in requests and bytes, headers included. */
export interface Tally {
	/** By `METHOD /path`, ids and UUIDs taken out of the path. */
	readonly requests: Record<string, number>;
	readonly connections: number;
	readonly received: number;
	readonly answered: number;
}

const IDENTIFIER = /^([0-9a-f]{8}-[0-9a-f-]{27}|\d+)$/i;

const routeOf = ({ method, url = '' }: IncomingMessage): string =>
	`${method} ${(url.split('?')[0] ?? '')
		.split('/')
		.map((part) => (IDENTIFIER.test(part) ? '*' : part))
		.join('/')}`;

interface Exchange {
	readonly request: IncomingMessage;
}

const isExchange = (message: unknown): message is Exchange =>
	typeof message === 'object' && message !== null && 'request' in message;

/** What of a connection is counted already. */
interface Counted {
	read: number;
	written: number;
}

/** Counts every request that any HTTP server of this process answers, without a hand in how it does so. */
export class TallyKeeper {
	private requests = new Map<string, number>();
	private counted = new WeakMap<object, Counted>();
	private connections = 0;
	private received = 0;
	private answered = 0;

	private readonly note = (message: unknown): void => {
		if (!isExchange(message)) return;
		const { request } = message;
		const { socket } = request;
		const route = routeOf(request);
		this.requests.set(route, (this.requests.get(route) ?? 0) + 1);
		const before = this.counted.get(socket);
		if (!before) this.connections += 1;
		this.received += socket.bytesRead - (before?.read ?? 0);
		this.answered += socket.bytesWritten - (before?.written ?? 0);
		this.counted.set(socket, { read: socket.bytesRead, written: socket.bytesWritten });
	};

	constructor() {
		subscribe('http.server.response.finish', this.note);
	}

	/** What there was since the last time. */
	take(): Tally {
		const { connections, received, answered } = this;
		const tally = { requests: Object.fromEntries(this.requests), connections, received, answered };
		this.requests = new Map();
		this.connections = this.received = this.answered = 0;
		return tally;
	}

	stop(): void {
		unsubscribe('http.server.response.finish', this.note);
	}
}

/** How many requests there were to paths that hold this text. */
export function requestsTo({ requests }: Tally, text = ''): number {
	return Object.entries(requests).reduce((sum, [route, count]) => (route.includes(text) ? sum + count : sum), 0);
}
