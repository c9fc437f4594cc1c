import type { Call } from '../call';
import type { Attribute, MispEvent } from '../model';
import type { SearchParams } from '../search';

export interface Format {
	/** What `X-Response-Format` says. */
	readonly response: string;
	readonly contentType: string;
	/** Written for detection: published events and to_ids only, unless the caller says otherwise. */
	readonly detection?: boolean;
	readonly write: (source: Source) => string;
}

export interface Source {
	readonly call: Call;
	readonly params: SearchParams;
	readonly attributes: readonly Attribute[];
	readonly events: readonly MispEvent[] | undefined;
	readonly count: number;
}

export const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');

export const unique = (list: readonly string[]): string[] => [...new Set(list)];

export const first = (value: string): string => value.split('|')[0] ?? value;

export const last = (value: string): string => value.split('|').at(-1) ?? value;
