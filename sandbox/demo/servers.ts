import { MispClient } from '../mispClient';
import { type OrionSandbox, startOrion } from '../orion';
import { type OrionAccess, startMispWithFeeds } from '../standIns';
import type { DemoOptions } from './options';

/** An IOC that Orion holds. */
export interface HeldIoc {
	/** `hash`, `ip`, `domain` or `url`. */
	type: string;
	value: string;
	ttlDays: number;
}

/** The servers of one demo run; each is real or a stand-in. */
export interface DemoServers {
	misp: {
		real: boolean;
		access: { url: string; key: string; allowUnauthorizedCerts?: boolean };
		client: MispClient;
	};
	orion: {
		real: boolean;
		access: OrionAccess;
		/** What Orion holds. `undefined` for a real one: its API has no documented way to list IOCs. */
		held(): HeldIoc[] | undefined;
	};
	close(): Promise<void>;
}

export async function openServers(options: DemoOptions): Promise<DemoServers> {
	const closers: Array<() => Promise<void>> = [];
	const close = async () => void (await Promise.all(closers.map(async (closeOne) => await closeOne())));
	try {
		const misp = await openMisp(options, closers);
		const orion = await openOrion(options, closers);
		return { misp, orion, close };
	} catch (error) {
		await close();
		throw error;
	}
}

async function openMisp({ misp }: DemoOptions, closers: Array<() => Promise<void>>): Promise<DemoServers['misp']> {
	if (misp) return { real: true, access: misp, client: new MispClient(misp) };
	const standIn = await startMispWithFeeds();
	closers.push(async () => await standIn.close());
	const access = { url: standIn.misp.url, key: standIn.misp.keys.admin };
	return { real: false, access, client: new MispClient(access) };
}

async function openOrion({ orion }: DemoOptions, closers: Array<() => Promise<void>>): Promise<DemoServers['orion']> {
	if (orion) return { real: true, access: orion, held: () => undefined };
	const standIn = await startOrion();
	closers.push(async () => await standIn.close());
	const { apiUrl, tokenUrl, credentials } = standIn;
	return { real: false, access: { apiUrl, tokenUrl, ...credentials }, held: () => heldBy(standIn) };
}

// Orion's own names of the IOC types, and the words of the people who use them.
const TYPE_WORDS: Readonly<Record<string, string>> = {
	filehashioc: 'hash',
	ipioc: 'ip',
	domainioc: 'domain',
	urlioc: 'url',
};

function heldBy(standIn: OrionSandbox): HeldIoc[] {
	return [...standIn.iocs.values()].map(({ type, value, daysToExpiration }) => ({
		type: TYPE_WORDS[type] ?? type,
		value,
		ttlDays: daysToExpiration,
	}));
}
