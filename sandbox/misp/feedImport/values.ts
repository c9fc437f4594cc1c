import { isRecord } from '../../json';
import { TYPE_DEFAULTS } from '../attributeTypes';
import type { Feed } from '../feeds';
import { asList, isOn } from '../filters';

/** How a fetch ended: what came, or nothing (MISP tells no reason but in its log). */
export type Fetched = { readonly added: number; readonly updated: number } | { readonly failed: string };

export const number = (value: unknown): number | undefined =>
	value !== undefined && /^\d+$/.test(String(value)) ? Number(value) : undefined;

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export interface FeedAttribute {
	readonly given: Record<string, unknown>;
	readonly object: Record<string, unknown> | undefined;
}

export function attributesOf(event: Readonly<Record<string, unknown>>): FeedAttribute[] {
	const plain = asList(event['Attribute'])
		.filter(isRecord)
		.map((given) => ({ given, object: undefined }));
	const inObjects = asList(event['Object'])
		.filter(isRecord)
		.flatMap((object) =>
			asList(object['Attribute'])
				.filter(isRecord)
				.map((given) => ({ given, object })),
		);
	return [...plain, ...inObjects];
}

export function toIdsOf(feed: Feed, type: string, given: unknown): boolean {
	if (feed.override_ids) return false;
	if (feed.force_to_ids) return true;
	return given === undefined ? (TYPE_DEFAULTS.get(type)?.toIds ?? false) : isOn(given);
}

/** Composite values are cached by their parts. */
export function halves(given: Readonly<Record<string, unknown>>): string[] {
	const { type, value } = given;
	if (typeof value !== 'string') return [];
	return typeof type === 'string' && type.includes('|') ? value.split('|') : [value];
}
