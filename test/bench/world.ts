import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureN8n } from '../../sandbox/n8n/install';
import { createN8n, type N8n } from '../../sandbox/n8n/run';
import type { N8nServer } from '../../sandbox/n8n/server';
import type { Credential } from '../../sandbox/n8n/workflow';
import { mispCredential, orionCredential } from '../../sandbox/standIns';
import type { BareLoopCommands } from './bareLoop/process';
import { mainProcess, probeVariables } from './measure/n8nProcess';
import { Companion } from './standIns/channel';
import type { MispCommands } from './standIns/mispProcess';
import type { OrionAccess } from './standIns/orion';
import type { OrionCommands } from './standIns/orionProcess';

/** An n8n that can be measured. */
export interface Measured {
	readonly server: N8nServer;
	readonly pid: number;
	readonly probeFolder: string;
	readonly credentials: Credential[];
	remove(): Promise<void>;
}

/** Two servers, a plain program, and as many n8n as wanted, each a process of its own. */
export interface World {
	readonly misp: Companion<MispCommands>;
	readonly orion: Companion<OrionCommands>;
	readonly bareLoop: Companion<BareLoopCommands>;
	readonly n8nVersion: string;
	readonly access: { readonly misp: { url: string; key: string }; readonly orion: OrionAccess };
	startN8n(): Promise<Measured>;
	close(): Promise<void>;
}

export async function startWorld(tarball: string): Promise<World> {
	const misp = Companion.start<MispCommands>(join(__dirname, 'standIns', 'mispProcess.ts'));
	const orion = Companion.start<OrionCommands>(join(__dirname, 'standIns', 'orionProcess.ts'));
	const bareLoop = Companion.start<BareLoopCommands>(join(__dirname, 'bareLoop', 'process.ts'));
	const { version: n8nVersion } = await ensureN8n();
	const access = { misp: await misp.ask('start'), orion: await orion.ask('start') };
	const started: Measured[] = [];
	return {
		misp,
		orion,
		bareLoop,
		n8nVersion,
		access,
		async startN8n() {
			const measured = await startMeasured(tarball, access);
			started.push(measured);
			return measured;
		},
		async close() {
			await Promise.all(started.map(async (n8n) => await n8n.remove()));
			await Promise.all([misp.stop(), orion.stop(), bareLoop.stop()]);
		},
	};
}

async function startMeasured(tarball: string, access: World['access']): Promise<Measured> {
	const probeFolder = await mkdtemp(join(tmpdir(), 'misp-orion-bench-'));
	const n8n: N8n = await createN8n({ tarball, variables: probeVariables(probeFolder) });
	const server = await n8n.start();
	const credentials = [
		await server.createCredential(mispCredential(access.misp)),
		await server.createCredential(orionCredential(access.orion)),
	];
	return {
		server,
		pid: await mainProcess(probeFolder),
		probeFolder,
		credentials,
		async remove() {
			await n8n.remove();
			await rm(probeFolder, { recursive: true, force: true });
		},
	};
}
