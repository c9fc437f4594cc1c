import { createHash } from 'node:crypto';
import { type MispSandbox, startMisp } from '../../../sandbox/misp';
import type { AttributeSeed } from '../../../sandbox/misp/seeds';
import { CONTROL_TAGS } from '../../../sandbox/mispClient';
import type { N8nServer } from '../../../sandbox/n8n/server';
import type { Credential, Workflow } from '../../../sandbox/n8n/workflow';
import { type IocType, type OrionSandbox, startOrion } from '../../../sandbox/orion';
import { mispCredential, orionCredential } from '../../../sandbox/standIns';

export const TAGS = {
	...CONTROL_TAGS,
	deleted: 'cytomic-orion:state="deleted"',
	publishAgain: 'cytomic-orion:state="publish-again"',
} as const;

/** A MISP and an Orion as a job finds them, changes them, and leaves them. */
export interface World {
	readonly misp: MispSandbox;
	readonly orion: OrionSandbox;
	readonly credentials: ReadonlyArray<Omit<Credential, 'id'>>;
	close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
	const [misp, orion] = await Promise.all([startMisp({ publishDelayMs: 50 }), startOrion()]);
	return {
		misp,
		orion,
		credentials: [
			mispCredential({ url: misp.url, key: misp.keys.admin }),
			orionCredential({ ...orion, ...orion.credentials }),
		],
		close: async () => void (await Promise.all([misp.close(), orion.close()])),
	};
}

/** Makes a workflow in n8n, with the credentials for a world, and switches it on. */
export async function install(server: N8nServer, { credentials }: World, workflow: Workflow): Promise<void> {
	// Filling a world keeps this process busy for seconds: it has not noticed yet which connections n8n closed meanwhile.
	await new Promise((resolve) => setImmediate(resolve));
	const made: Credential[] = [];
	for (const credential of credentials) made.push(await server.createCredential(credential));
	await server.activateWorkflow(await server.createWorkflow(workflow, made));
}

/** An IOC under the names both servers have for it. */
export interface Ioc {
	readonly attribute: { readonly type: string; readonly value: string; readonly to_ids: true };
	readonly orionType: IocType;
	readonly value: string;
}

/** The n-th of the IOCs, whose values all differ: a hash, an address, a name and a URL in turn. */
export function ioc(n: number): Ioc {
	const kinds: ReadonlyArray<readonly [string, IocType, string]> = [
		['md5', 'filehashioc', createHash('md5').update(String(n)).digest('hex')],
		['ip-dst', 'ipioc', `11.${n >> 16}.${(n >> 8) & 255}.${n & 255}`],
		['domain', 'domainioc', `host-${n}.crash-test.com`],
	];
	const [type, orionType, value] = kinds[n % 4] ?? ['url', 'urlioc', `https://host-${n}.crash-test.com/path`];
	return { attribute: { type, value, to_ids: true }, orionType, value };
}

export function iocs(first: number, count: number): Ioc[] {
	return Array.from({ length: count }, (_, n) => ioc(first + n));
}

/** Attributes of an event that no job may bring into Orion: not for detection, deleted, and one that is in every network. */
export function bystanders(event: number): AttributeSeed[] {
	return [
		{ type: 'domain', value: `context-${event}.crash-test.com`, to_ids: false },
		{ type: 'domain', value: `gone-${event}.crash-test.com`, to_ids: true, deleted: true },
		{ type: 'ip-dst', value: `10.0.0.${event + 1}`, to_ids: true },
	];
}

interface Tagged {
	readonly tags?: ReadonlyArray<{ readonly tag: { readonly name: string }; readonly local: boolean }> | undefined;
}

export function carries({ tags = [] }: Tagged, name: string): boolean {
	return tags.some(({ tag }) => tag.name === name);
}

export function heldBy(orion: OrionSandbox): Set<string> {
	return new Set([...orion.iocs.values()].map(({ value }) => value));
}

/** All that a job may change, one line for each thing: the same for two worlds in the same state. */
export function stateOf({ misp, orion }: World): string[] {
	const tagsOf = ({ tags = [] }: Tagged) =>
		tags.map(({ tag, local }) => `${tag.name}${local ? ' (local)' : ''}`).sort();
	const events = [...misp.store.events.values()];
	return [
		...events.map((event) =>
			[event.info, event.published ? 'published' : 'not published', ...tagsOf(event)].join(', '),
		),
		...events.flatMap((event) =>
			event.attributes.flatMap((attribute) =>
				attribute.tags?.length ? [`${event.info}: ${attribute.value}, ${tagsOf(attribute).join(', ')}`] : [],
			),
		),
		...[...orion.iocs].map(([key, { daysToExpiration }]) => `Orion: ${key} for ${daysToExpiration} days`).sort(),
	];
}

/** What a state has that it should not, and the other way round. */
export function differences(is: readonly string[], should: readonly string[]): string[] {
	const [here, there] = [new Set(is), new Set(should)];
	return [
		...is.filter((line) => !there.has(line)).map((line) => `is, and should not be: ${line}`),
		...should.filter((line) => !here.has(line)).map((line) => `should be, and is not: ${line}`),
	];
}
