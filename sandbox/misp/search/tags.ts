import { like, parseChoice } from '../filters';
import type { AttachedTag, MispEvent } from '../model';
import type { AttributeTest, EventTest } from './params';

export function carries(tags: readonly AttachedTag[] | undefined, matches: TagMatch): boolean {
	return tags !== undefined && tags.some((attached) => matches(attached));
}

type TagMatch = (attached: AttachedTag) => boolean;

/** A tag by name (`%` as wildcard, case counts) or by its numeric id. */
function tagMatch(word: string): TagMatch {
	if (/^\d+$/.test(word)) return ({ tag }) => tag.id === Number(word);
	const matches = like(word);
	return ({ tag }) => matches(tag.name);
}

export interface TagChoice {
	readonly any: TagMatch[];
	readonly all: TagMatch[];
	readonly none: TagMatch[];
}

export function parseTags(value: unknown): TagChoice | undefined {
	const choice = parseChoice(value);
	return (
		choice && {
			any: choice.any.map(tagMatch),
			all: choice.all.map(tagMatch),
			none: choice.none.map(tagMatch),
		}
	);
}

/** An attribute counts as tagged when it or its event carries the tag, global or local. */
export function tagTest({ any, all, none }: TagChoice): AttributeTest {
	const memo = new Map<MispEvent, { any: boolean; all: boolean[]; none: boolean }>();
	const ofEvent = (event: MispEvent) => {
		let known = memo.get(event);
		if (!known) {
			known = {
				any: any.some((matches) => carries(event.tags, matches)),
				all: all.map((matches) => carries(event.tags, matches)),
				none: none.some((matches) => carries(event.tags, matches)),
			};
			memo.set(event, known);
		}
		return known;
	};
	return (attribute) => {
		const event = ofEvent(attribute.event);
		if (event.none || none.some((matches) => carries(attribute.tags, matches))) return false;
		if (any.length > 0 && !event.any && !any.some((matches) => carries(attribute.tags, matches))) return false;
		return all.every((matches, index) => event.all[index] === true || carries(attribute.tags, matches));
	};
}

export function eventTagTest({ any, all, none }: TagChoice): EventTest {
	return (event) => {
		const anywhere = (matches: TagMatch): boolean =>
			carries(event.tags, matches) || event.attributes.some((attribute) => carries(attribute.tags, matches));
		return (
			!none.some((matches) => carries(event.tags, matches)) &&
			(any.length === 0 || any.some(anywhere)) &&
			all.every(anywhere)
		);
	};
}

export function onlyEventTags({ any, all, none }: TagChoice): EventTest {
	return (event) =>
		!none.some((matches) => carries(event.tags, matches)) &&
		(any.length === 0 || any.some((matches) => carries(event.tags, matches))) &&
		all.every((matches) => carries(event.tags, matches));
}
