import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, type N8nSettings, n8nEnvironment, type QueueSettings, WITHOUT_EDITOR } from './environment';
import { ensureN8n } from './install';
import { unpackInto } from './package';
import { startPostgres } from './postgres';
import { startRedis } from './redis';
import { type N8nServer, startServer } from './server';
import { answers, type Service, startService } from './service';

/** A process that runs executions, and nothing else. */
export interface Worker extends Service {
	/** How many executions it has begun so far. */
	begun(): number;
	/** How many it has come to the end of, well or not; those that it was killed in are not among them. */
	ran(): number;
}

/** An n8n in queue mode: the main process puts executions into Redis, the workers take them from there; all share one PostgreSQL. */
export interface QueueN8n {
	readonly main: N8nServer;
	readonly workers: readonly Worker[];
	readonly redis: Service;
	/** Ends all of it and deletes its data. */
	remove(): Promise<void>;
}

const WORKERS = 2;
const CONCURRENCY = 5;

/** Starts a main process and two workers, each with the package of the tarball in a folder of its own. */
export async function startQueueMode({ tarball }: { tarball: string }): Promise<QueueN8n> {
	const install = await ensureN8n();
	const encryptionKey = randomBytes(24).toString('hex');
	const ports = await freePorts(2 + 2 * (1 + WORKERS));
	const port = () => {
		const next = ports.pop();
		if (next === undefined) throw new Error('One more free port is needed');
		return next;
	};
	// In the order of their start; ended and removed the other way round.
	const undo: Array<() => Promise<void>> = [];
	const remove = async () => {
		for (const step of undo.splice(0).reverse()) await step();
	};

	try {
		const redis = await startRedis(port());
		undo.push(async () => await redis.service.stop());
		const postgres = await startPostgres(port());
		undo.push(async () => await postgres.remove());
		const queue: QueueSettings = { redisPort: redis.port, postgres };

		async function settings(): Promise<N8nSettings> {
			const userFolder = await mkdtemp(join(tmpdir(), 'misp-orion-n8n-'));
			undo.push(async () => await rm(userFolder, { recursive: true, force: true }));
			await unpackInto(userFolder, tarball);
			return { userFolder, port: port(), brokerPort: port(), encryptionKey, queue, variables: WITHOUT_EDITOR };
		}

		async function startWorker(own: N8nSettings): Promise<Worker> {
			const service = await startService({
				name: 'An n8n worker',
				command: install.node,
				args: [install.n8nBin, 'worker', `--concurrency=${CONCURRENCY}`],
				options: { env: n8nEnvironment(own), cwd: own.userFolder },
				ready: async () => await answers(`http://127.0.0.1:${own.port}/healthz/readiness`),
			});
			undo.push(async () => await service.stop());
			const said = (what: RegExp) => service.printed().match(what)?.length ?? 0;
			return {
				...service,
				begun: () => said(/Worker started execution/g),
				ran: () => said(/Worker (finished|errored while running) execution/g),
			};
		}

		// The main process makes the tables, so the workers come after it.
		const main = await startServer(install, await settings());
		undo.push(async () => await main.stop());
		const folders = await Promise.all(Array.from({ length: WORKERS }, settings));
		const workers = await Promise.all(folders.map(startWorker));
		return { main, workers, redis: redis.service, remove };
	} catch (error) {
		await remove();
		throw error;
	}
}
