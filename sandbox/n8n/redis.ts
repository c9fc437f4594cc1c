import { type Service, startService } from './service';

export interface Redis {
	readonly port: number;
	readonly service: Service;
}

/** A Redis of its own on loopback, from the `redis-server` on the PATH. It keeps everything in memory: ending it loses what it holds. */
export async function startRedis(port: number): Promise<Redis> {
	const service = await startService({
		name: 'Redis (apt-get install redis-server)',
		command: 'redis-server',
		args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'],
		options: {},
		ready: (printed) => /Ready to accept connections/i.test(printed),
	});
	return { port, service };
}
