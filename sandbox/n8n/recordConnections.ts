import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';

// Loaded into n8n itself and into what it starts (`node --import`): writes down every host that anybody there tries to connect to.
const file = process.env['CONNECTIONS_FILE'];
if (file === undefined) throw new Error('CONNECTIONS_FILE must name the file to write to');

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
	appendFileSync(file, `${hostOf(given)}\n`);
	return Reflect.apply(connect, this, given);
};

/** Node hands over `(port, host?)`, `(path)`, `(options)`, or all of that as one list. */
function hostOf([first, second]: unknown[]): string {
	if (Array.isArray(first)) return hostOf(first);
	if (typeof first === 'object' && first !== null) {
		if ('path' in first && typeof first.path === 'string') return 'localhost';
		return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
	}
	return typeof second === 'string' ? second : 'localhost';
}
