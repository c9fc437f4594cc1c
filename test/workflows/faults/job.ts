import type { EventSeed } from '../../../sandbox/misp/seeds';
import type { LoggedRequest } from '../../../sandbox/requestLog';
import type { World } from '../world';
import type { Indicator } from './indicators';

/** What a job finds: events of MISP, and what Orion holds already. */
export interface Scene {
	readonly events: ReadonlyArray<Omit<EventSeed, 'attributes'> & { attributes: readonly Indicator[] }>;
	/** IOCs in Orion at the start. */
	readonly held: readonly string[];
	/** Events that were deleted from MISP after their upload: Orion has their IOCs. */
	readonly vanished?: ReadonlyArray<{ readonly info: string; readonly attributes: readonly Indicator[] }>;
	/** Values that Orion refuses, whenever it is asked. */
	readonly refused: readonly string[];
}

export type Fields = Readonly<Record<string, unknown>>;

/** What one run of a job says of itself. */
export interface Report {
	/** The message it stopped with. */
	readonly error?: string;
	/** One result per event and slice, as the Orion node gives them. */
	readonly results: readonly Fields[];
	/** Results that the totals leave out. */
	readonly besides?: readonly Fields[];
	/** What the run says that it could not look at. */
	readonly notChecked?: readonly string[];
	/** Sums of `results`, where the run came that far: `sum_imported` … */
	readonly totals?: Fields;
}

/** A kind of request that a job makes. */
export interface RequestKind {
	/** What it is for, as in "the search for events to upload". */
	readonly name: string;
	readonly server: 'misp' | 'orion';
	readonly method: 'GET' | 'POST';
	readonly path: RegExp;
	/** Tells it from others on the same path. */
	readonly body?: RegExp;
	/** How many that look the same come before it. */
	readonly after?: number;
	/** What its answer counts. */
	readonly counts?: 'rows' | 'iocs';
}

export interface Snapshot {
	readonly objects: readonly TaggedObject[];
	/** IOCs in Orion, sorted. */
	readonly held: readonly string[];
}

/** An event or an attribute: what hangs on it and what it stands for. */
export interface TaggedObject {
	readonly name: string;
	readonly uuid: string;
	readonly kind: 'event' | 'attribute';
	/** Names; that of a global one ends in " (global)". */
	readonly tags: readonly string[];
	/** Of the event. */
	readonly published: boolean;
	/** The IOCs in it: those of an event are those of all its attributes. */
	readonly holds: readonly string[];
	/** Those among them that Orion is to have, if it is uploaded. */
	readonly wanted: readonly string[];
}

/** What things were, what they are, and what the run said. */
export interface Story {
	readonly before: Snapshot;
	readonly after: Snapshot;
	readonly report: Report;
	/** Values that Orion refused, now or before. */
	readonly refused: ReadonlySet<string>;
}

/** How long things take, see the engine's `Pace`. */
export interface Haste {
	readonly pauses: number;
	readonly timeouts: number;
}

/** Something that runs through: a template, or a workflow of one node. */
export interface Job {
	readonly name: string;
	readonly scene: Scene;
	readonly kinds: readonly RequestKind[];
	run(world: World, haste: Haste): Promise<Report>;
	/** Every promise that was broken, in words. None may be, however the run went. */
	broken(story: Story): string[];
}

export const isOfKind = (
	request: Pick<LoggedRequest, 'method' | 'path' | 'body'>,
	{ method, path, body }: RequestKind,
): boolean =>
	request.method === method &&
	path.test(request.path) &&
	(body === undefined || body.test(typeof request.body === 'string' ? request.body : JSON.stringify(request.body)));
