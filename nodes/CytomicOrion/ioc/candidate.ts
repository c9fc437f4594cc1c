import { isFields } from '../../shared/fields';
import { asText, fieldReader } from './field';
import type { ThreatLevelId } from './severity';
import { readThreatLevel } from './severity';

/** A tag as it concerns one attribute. */
export interface CandidateTag {
	readonly name: string;
	/** It hangs on the attribute's event, not on the attribute itself. */
	readonly inherited: boolean;
}

/** One item that may hold IOCs, in the few facts that planning needs. */
export interface Candidate {
	/** The item's place in the input. */
	readonly index: number;
	/** A MISP attribute type or one of Orion's words; empty when the item has none. */
	readonly mispType: string;
	/** As it came; empty when the item has none. */
	readonly value: string;
	readonly uuid?: string;
	readonly eventUuid?: string;
	readonly eventId?: string;
	readonly eventInfo?: string;
	readonly threatLevel?: ThreatLevelId;
	readonly lastSeen?: Date;
	readonly tags: readonly CandidateTag[];
	/** What it was read from. */
	readonly item: unknown;
}

/** Where an item keeps its value and its type, as dotted paths. */
export interface CandidateFields {
	readonly value: string;
	readonly type: { readonly field: string } | { readonly fixed: string };
}

/** The fields of a MISP attribute, full or compact. */
export const mispFields: CandidateFields = { value: 'value', type: { field: 'type' } };

// MISP: "2026-02-02T00:00:00.000000+00:00". A time without a zone is taken as UTC, which is what MISP keeps,
// where JavaScript would take the server's own zone.
const isoTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

function asDate(value: unknown): Date | undefined {
	const text = asText(value).trim();
	const match = isoTime.exec(text);
	if (match === null) return undefined;
	const date = new Date(match[1] === undefined && text.length > 10 ? `${text}Z` : text);
	return Number.isNaN(date.getTime()) ? undefined : date;
}

const isYes = (value: unknown): boolean => value === true || asText(value) === '1';

/** MISP's `Tag` entries, our compact ones, or bare names. Equal tags of all candidates are one object: there are few of them, and many candidates. */
function tagReader(): (value: unknown, onEvent: boolean) => CandidateTag[] {
	const known = { own: new Map<string, CandidateTag>(), inherited: new Map<string, CandidateTag>() };
	const tagNamed = (name: string, inherited: boolean): CandidateTag => {
		const alike = inherited ? known.inherited : known.own;
		const tag = alike.get(name) ?? { name, inherited };
		alike.set(name, tag);
		return tag;
	};
	return (value, onEvent) => {
		if (!Array.isArray(value)) return [];
		return value.flatMap((tag: unknown) => {
			const name = isFields(tag) ? asText(tag.name) : asText(tag);
			// MISP marks tags of the event with "inherited": 1 when asked with includeEventTags.
			const inherited = onEvent || (isFields(tag) && isYes(tag.inherited));
			return name === '' ? [] : [tagNamed(name, inherited)];
		});
	};
}

const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);

const read = {
	uuid: fieldReader('uuid'),
	eventUuid: fieldReader('event_uuid'),
	eventId: fieldReader('event_id'),
	eventInfo: fieldReader('event_info'),
	threatLevel: fieldReader('threat_level_id'),
	lastSeen: fieldReader('last_seen'),
};

/** MISP's own list, that of compact items, and the event's, where it came along as context. */
const tagSources = [
	{ read: fieldReader('Tag'), onEvent: false },
	{ read: fieldReader('tags'), onEvent: false },
	{ read: fieldReader('Event.Tag'), onEvent: true },
];

/**
 * Reads items as candidates: MISP attributes as `attributes/restSearch` gives them (with or without event context),
 * compact ones, or rows whose value and type fields are named. Whatever an item holds, it becomes a candidate.
 */
export function candidateReader(fields: CandidateFields): (item: unknown, index: number) => Candidate {
	const readValue = fieldReader(fields.value);
	const { type } = fields;
	const asTags = tagReader();
	const readType = 'fixed' in type ? () => type.fixed : fieldReader(type.field);
	return (item, index) => ({
		index,
		mispType: asText(readType(item)),
		value: asText(readValue(item)),
		uuid: orNothing(asText(read.uuid(item))),
		eventUuid: orNothing(asText(read.eventUuid(item))),
		eventId: orNothing(asText(read.eventId(item))),
		eventInfo: orNothing(asText(read.eventInfo(item))),
		threatLevel: readThreatLevel(asText(read.threatLevel(item))),
		lastSeen: asDate(read.lastSeen(item)),
		tags: tagSources.flatMap(({ read: tags, onEvent }) => asTags(tags(item), onEvent)),
		item,
	});
}
