import { type FeedServer, startFeeds } from './feeds';
import { MispClient } from './mispClient';
import { type MispSandbox, startMisp } from './misp';
import type { Credential } from './n8n/workflow';
import { type OrionSandbox, startOrion } from './orion';

/** A MISP with feeds to fetch. */
export interface MispWithFeeds {
	misp: MispSandbox;
	feeds: FeedServer;
	close(): Promise<void>;
}

/** Starts a MISP and a feed server, with the feeds set up and enabled in MISP. */
export async function startMispWithFeeds(): Promise<MispWithFeeds> {
	const feeds = await startFeeds();
	const misp = await startMisp();
	const admin = new MispClient({ url: misp.url, key: misp.keys.admin });
	for (const feed of feeds.feeds) await admin.addFeed(feed);
	return { misp, feeds, close: async () => void (await Promise.all([misp.close(), feeds.close()])) };
}

/** The three servers that stand in for the world: a MISP, an Orion, and somebody's threat feeds. */
export interface StandIns extends MispWithFeeds {
	orion: OrionSandbox;
}

export async function startStandIns(): Promise<StandIns> {
	const { misp, feeds, close } = await startMispWithFeeds();
	const orion = await startOrion();
	return { misp, feeds, orion, close: async () => void (await Promise.all([close(), orion.close()])) };
}

/** A MISP key as n8n stores it. */
export function mispCredential(misp: {
	url: string;
	key: string;
	allowUnauthorizedCerts?: boolean;
}): Omit<Credential, 'id'> {
	return {
		name: 'MISP',
		type: 'mispInstanceApi',
		data: { url: misp.url, apiKey: misp.key, allowUnauthorizedCerts: misp.allowUnauthorizedCerts ?? false },
	};
}

export interface OrionAccess {
	apiUrl: string;
	tokenUrl: string;
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
}

/** An Orion application as n8n stores it. */
export function orionCredential(access: OrionAccess): Omit<Credential, 'id'> {
	const { apiUrl, tokenUrl, clientId, clientSecret, username, password } = access;
	return {
		name: 'Cytomic Orion',
		type: 'cytomicOrionApi',
		data: { apiUrl, tokenUrl, clientId, clientSecret, username, password },
	};
}
