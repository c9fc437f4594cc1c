import './bootstrap';
import 'reflect-metadata';
import { DataDeduplicationService } from 'n8n-core';
import type { EngineCalls, EngineGate } from '../protocol';
import { SavedCredentials } from './credentials';
import { execute } from './execution';
import { setPace } from './pace';
import { InstalledPackages } from './packages';
import { bePatient } from './patience';
import { SeenItems } from './seenItems';
import { listSearch, poll, testCredential } from './standalone';

bePatient();
const packages = new InstalledPackages();
const credentials = new SavedCredentials(packages);
const ready = DataDeduplicationService.init(new SeenItems());

type Calls = {
	[Call in keyof EngineCalls]: (
		request: EngineCalls[Call]['request'],
		packages: InstalledPackages,
		credentials: SavedCredentials,
	) => Promise<EngineCalls[Call]['result']>;
};
const calls: Calls = { execute, poll, testCredential, listSearch };

async function perform<Call extends keyof EngineCalls>(call: Call, text: string): Promise<string> {
	const request: EngineCalls[Call]['request'] = JSON.parse(text);
	await ready;
	await packages.installBase();
	for (const directory of request.packages) await packages.install(directory);
	credentials.deposit(request.credentials);
	setPace('pace' in request ? request.pace : undefined);
	return JSON.stringify(await calls[call](request, packages, credentials));
}

export const gate: EngineGate = perform;
