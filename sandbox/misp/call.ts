import { isRecord } from '../json';
import type { Answer } from './answers';
import type { DecayingBook } from './decaying';
import type { ReportBook } from './eventReports';
import type { GalaxyBook } from './galaxies';
import type { Logbook } from './logbook';
import type { Noticelist } from './noticelists';
import type { ProposalBook } from './proposals';
import type { SharingGroupBook } from './sharingGroups';
import type { SightingBook } from './sightings';
import type { FeedBook } from './feeds';
import type { JobQueue } from './jobs';
import type { Attribute, MispEvent, Permission, User } from './model';
import type { ObjectBook } from './objects';
import type { SearchParams } from './search';
import type { EventParts } from './shapes';
import type { SettingBook } from './settings';
import type { MispStore } from './store';
import type { TaxonomyBook } from './taxonomies';
import type { WarninglistBook } from './warninglistBook';

/**
 * Given the search parameters, what to add to each attribute found; `undefined` when this search has not asked for it.
 * For one attribute, `undefined` leaves it out of the answer.
 */
export type AttributeExtra = (
	params: SearchParams,
) => ((attribute: Attribute) => Record<string, unknown> | undefined) | undefined;

/** Everything a controller may work with. */
export interface Server {
	readonly store: MispStore;
	readonly jobs: JobQueue;
	readonly feeds: FeedBook;
	readonly warninglists: WarninglistBook;
	readonly taxonomies: TaxonomyBook;
	readonly objects: ObjectBook;
	readonly settings: SettingBook;
	readonly sightings: SightingBook;
	readonly proposals: ProposalBook;
	readonly galaxies: GalaxyBook;
	readonly decaying: DecayingBook;
	readonly reports: ReportBook;
	readonly noticelists: readonly Noticelist[];
	readonly sharingGroups: SharingGroupBook;
	readonly logbook: Logbook;
	/** What proposals, reports and galaxies add to a whole event. */
	readonly eventParts: (event: MispEvent) => Omit<EventParts, 'attributes'>;
	/** What sightings, proposals, decaying models … add to an attribute found, when asked for. */
	readonly extras: ReadonlyArray<AttributeExtra>;
	/** Milliseconds before a background worker takes a publish job. */
	readonly publishDelayMs: number;
	/** `http://127.0.0.1:port/base`, as MISP puts it in redirects. */
	baseUrl: string;
}

/** A request, read as CakePHP reads it. */
export interface Call {
	readonly server: Server;
	readonly user: User;
	readonly method: string;
	/** Path as asked for, without the query: the `url` of error bodies. */
	readonly path: string;
	readonly admin: boolean;
	readonly args: readonly string[];
	/** `key:value` parts of the path. */
	readonly named: Readonly<Record<string, string>>;
	readonly query: Readonly<Record<string, string>>;
	/** Parsed JSON, `undefined` without a body. */
	readonly body: unknown;
}

export interface Action {
	/** Needed on the role; without it 403 "You do not have permission to use this functionality." */
	readonly needs?: Permission | ((call: Call) => boolean);
	/** What GET gets on an action for POST only: a 405 with this text, or MISP's frequent 500. */
	readonly post?: string | 'crash';
	readonly run: (call: Call) => Answer | Promise<Answer>;
}

export type Controller = Readonly<Record<string, Action>>;

/** The body as an object, taken out of its `{Model: {…}}` wrapper where there is one. */
export function fields(call: Call, wrapper?: string): Record<string, unknown> {
	if (!isRecord(call.body)) return {};
	const inner = wrapper === undefined ? undefined : call.body[wrapper];
	return isRecord(inner) ? inner : call.body;
}

export function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : undefined;
}

/** A number given as JSON number or as its text. */
export function numberOf(value: unknown): number | undefined {
	const text = textOf(value);
	return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
