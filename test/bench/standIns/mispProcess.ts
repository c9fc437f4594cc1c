import { type MispSandbox, startMisp } from '../../../sandbox/misp';
import { GeneratedStore } from '../../../sandbox/misp/generated';
import { measuredPace, type Pace } from '../../../sandbox/misp/pace';
import { serve } from './channel';
import { type Tally, TallyKeeper } from './tally';

/** What MISP holds in a run: so many attributes, which ones carry which local tag, and what was revoked since. */
export interface Holding {
	readonly attributes: number;
	readonly perEvent: number;
	/** What the events carry: the first one the first of these lists, and so on, in turn. */
	readonly eventTags: readonly (readonly string[])[];
	/** Attributes 1 to `count` carry this beside. */
	readonly tagged?: { readonly count: number; readonly tag: string };
	/** Attributes 1 to so many were deleted since. */
	readonly deleted?: number;
	/** It takes the time that a real MISP takes; else it answers as fast as it can. */
	readonly paced: boolean;
}

export interface MispCommands {
	start(): Promise<{ url: string; key: string }>;
	hold(given: Holding): void;
	tally(): Tally;
	/** How many events and attributes carry the tag. */
	tagged(given: { tag: string }): { events: number; attributes: number };
}

const tally = new TallyKeeper();
const store = new GeneratedStore();
const atOnce: Pace = { cores: measuredPace.cores, request: 0, answeredMegabyte: 0, tag: 0, bulkTag: 0 };
const pace = { ...atOnce };
let misp: MispSandbox | undefined;

serve<MispCommands>({
	async start() {
		misp = await startMisp({ store, pace });
		return { url: misp.url, key: misp.keys.admin };
	},
	hold({ attributes, perEvent, eventTags, tagged, paced, deleted = 0 }) {
		Object.assign(pace, paced ? measuredPace : atOnce);
		store.generate({ attributes, perEvent, eventTags: (place) => eventTags[place % eventTags.length] ?? [] });
		const tags = tagged && [{ tag: store.addTag(tagged.tag), local: true, relationship: null }];
		for (let id = 1; id <= Math.max(deleted, tagged?.count ?? 0); id++) {
			const attribute = store.attribute(id);
			if (attribute && id <= deleted) attribute.deleted = true;
			if (attribute && id <= (tagged?.count ?? 0)) attribute.tags = tags;
		}
		misp?.requests.splice(0);
		tally.take();
	},
	tally() {
		misp?.requests.splice(0);
		return tally.take();
	},
	tagged({ tag: name }) {
		const tag = store.tag(name);
		const carries = ({ tags = [] }: { tags?: ReadonlyArray<{ tag: unknown }> | undefined }) =>
			tags.some((attached) => attached.tag === tag);
		let attributes = 0;
		for (const attribute of store.allAttributes()) if (carries(attribute)) attributes += 1;
		return { events: [...store.events.values()].filter(carries).length, attributes };
	},
});
