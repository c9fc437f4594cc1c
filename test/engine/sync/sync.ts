import type { INodeParameters } from 'n8n-workflow';
import type { MispOptions } from '../../../sandbox/misp';
import type { MispEvent } from '../../../sandbox/misp/model';
import type { EventSeed } from '../../../sandbox/misp/seeds';
import type { TagTarget } from '../../../sandbox/misp/tagTarget';
import type { World } from '../../workflows/world';
import { md5, startWorld, tags } from '../../workflows/world';
import type { NodeOptions, NodeRun } from '../harness';
import { runNode } from '../harness';

export { md5, tags, tagsOf } from '../../workflows/world';

export interface SyncWorld extends World {
	/** Runs the sync node once. */
	sync(
		operation: 'upload' | 'delete' | 'reconcile',
		parameters?: INodeParameters,
		how?: Pick<NodeOptions, 'onError' | 'cancelAfterMs' | 'input'> & { asTool?: boolean },
	): Promise<NodeRun>;
	/** A published event, tagged for upload, of MD5s named after it. */
	tagged(info: string, attributes: number, more?: Partial<EventSeed>): MispEvent;
	/** Attaches a local tag, as an analyst would. */
	attach(target: TagTarget, tag: string): void;
	/** Paths of the requests that MISP got, without the sign-in. */
	askedOfMisp(): string[];
}

export async function startSyncWorld(options: MispOptions = {}): Promise<SyncWorld> {
	const world = await startWorld(options);
	return {
		...world,
		sync: async (operation, parameters = {}, { asTool = false, ...how } = {}) =>
			await runNode({
				type: asTool ? 'mispOrionSyncTool' : 'mispOrionSync',
				parameters: { operation, ...parameters },
				credentials: world.credentials,
				...how,
			}),
		tagged: (info, attributes, more = {}) =>
			world.misp.store.addEvent({
				info,
				published: true,
				tags: [{ name: tags.upload, local: true }],
				attributes: Array.from({ length: attributes }, (_, n) => ({
					type: 'md5',
					value: md5(`${info} ${n}`),
					to_ids: true,
				})),
				...more,
			}),
		attach: (target, tag) => void world.misp.store.attach(target, world.misp.store.addTag(tag), true),
		askedOfMisp: () => world.misp.requests.map(({ path }) => path).filter((path) => !path.includes('getVersion')),
	};
}

/** The summary, which is the last item. */
export const summaryOf = ({ json }: NodeRun) => json.at(-1) ?? {};
