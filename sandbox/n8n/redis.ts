import { run } from './processes';
import { type Service, startService } from './service';

export interface Redis {
	readonly port: number;
	readonly service: Service;
}

const PROGRAM = 'redis-server';

/** A Redis of its own on loopback, from the `redis-server` on the PATH. It keeps everything in memory: ending it loses what it holds. */
export async function startRedis(port: number): Promise<Redis> {
	try {
		await run(PROGRAM, ['--version']);
	} catch (error) {
		throw new Error(`There is no ${PROGRAM} (${String(error)}). On Debian or Ubuntu: apt-get install redis-server`);
	}
	const service = await startService({
		name: 'Redis',
		command: PROGRAM,
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'],
		options: {},
		ready: (printed) => /Ready to accept connections/i.test(printed),
	});
	return { port, service };
}
