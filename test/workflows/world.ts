import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { FeedServer } from '../../sandbox/feeds';
import { startFeeds } from '../../sandbox/feeds';
import type { MispOptions, MispSandbox } from '../../sandbox/misp';
import { startMisp } from '../../sandbox/misp';
import type { OrionSandbox } from '../../sandbox/orion';
import { startOrion } from '../../sandbox/orion';
import type { CredentialData } from '../engine/harness';

export const tags = {
	upload: 'cytomic-orion:action="upload"',
	delete: 'cytomic-orion:action="delete"',
	uploaded: 'cytomic-orion:state="uploaded"',
	notUploaded: 'cytomic-orion:state="not-uploaded"',
	deleted: 'cytomic-orion:state="deleted"',
	publishAgain: 'cytomic-orion:state="publish-again"',
};

/** The servers that a workflow meets, and the credentials for them. */
export interface World {
	misp: MispSandbox;
	orion: OrionSandbox;
	feeds: FeedServer;
	credentials: CredentialData;
	close(): Promise<void>;
}

export async function startWorld(options: MispOptions = {}): Promise<World> {
	const [misp, orion, feeds] = await Promise.all([
		startMisp({ publishDelayMs: 50, ...options }),
		startOrion(),
		startFeeds(),
	]);
	return {
		misp,
		orion,
		feeds,
		credentials: {
			mispInstanceApi: { url: misp.url, apiKey: misp.keys.admin },
			cytomicOrionApi: { apiUrl: orion.apiUrl, tokenUrl: orion.tokenUrl, accessToken: '', ...orion.credentials },
		},
		close: async () => {
			await Promise.all([misp.close(), orion.close(), feeds.close()]);
		},
	};
}

export const template = (name: string): string => join(__dirname, '../../workflows', `${name}.json`);

/** Names of an event's or attribute's tags on the stand-in. */
export const tagsOf = ({
	tags: attached = [],
}: {
	tags?: ReadonlyArray<{ tag: { name: string } }> | undefined;
}): string[] => attached.map(({ tag }) => tag.name);

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
