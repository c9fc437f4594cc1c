import { TYPE_DEFAULTS } from '../attributeTypes';
import type { AttachedTag, Attribute } from '../model';
import type { GeneratedEvent } from './event';

/** What somebody changed of a generated attribute; the rest follows from its number. */
export type Changes = Partial<Pick<Attribute, 'tags' | 'deleted' | 'toIds' | 'timestamp'>>;

/** Four kinds of IOC in turn; no two numbers below 16 million have a value in common. */
const KINDS: ReadonlyArray<{ readonly type: string; readonly value: (n: number) => string }> = [
	{ type: 'md5', value: md5Like },
	{ type: 'ip-dst', value: (n) => `11.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` },
	{ type: 'domain', value: (n) => `host-${n}.generated-feed.com` },
	{ type: 'url', value: (n) => `https://host-${n}.generated-feed.com/load.php?id=${n}` },
];

const FALLBACK = { type: 'text', value: String } as const;

/** 32 hexadecimal digits that look like no series, the last eight being a one-to-one image of the number. */
function md5Like(n: number): string {
	const digits = [1, 2, 3].map((round) => hex(Math.imul(n ^ (round * 0x9e3779b9), 0x85ebca6b)));
	return `${digits.join('')}${hex(Math.imul(n, 0x9e3779b1))}`;
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

/**
 * The attribute of this number, worked out as it is asked: an object of three fields, so that going through a million of them costs little.
 * What is written to it is kept in `changed`, by id.
 */
export class GeneratedAttribute implements Attribute {
	readonly givenUuid = undefined;

	constructor(
		readonly id: number,
		readonly event: GeneratedEvent,
		private readonly changed: Map<number, Changes>,
	) {}

	private get kind() {
		return KINDS[this.id % KINDS.length] ?? FALLBACK;
	}
	get type() {
		return this.kind.type;
	}
	get category() {
		return TYPE_DEFAULTS.get(this.type)?.category ?? 'Other';
	}
	get value() {
		return this.kind.value(this.id);
	}
	get comment() {
		return '';
	}
	get disableCorrelation() {
		return false;
	}
	get distribution() {
		return 5;
	}
	get sharingGroupId() {
		return 0;
	}
	get objectId() {
		return 0;
	}
	get objectRelation() {
		return null;
	}
	get firstSeen() {
		return null;
	}
	get lastSeen() {
		return null;
	}
	get toIds() {
		return this.changed.get(this.id)?.toIds ?? true;
	}
	set toIds(toIds: boolean) {
		this.change({ toIds });
	}
	get deleted() {
		return this.changed.get(this.id)?.deleted ?? false;
	}
	set deleted(deleted: boolean) {
		this.change({ deleted });
	}
	get timestamp() {
		return this.changed.get(this.id)?.timestamp ?? this.event.born;
	}
	set timestamp(timestamp: number) {
		this.change({ timestamp });
	}
	get tags(): AttachedTag[] | undefined {
		return this.changed.get(this.id)?.tags;
	}
	set tags(tags: AttachedTag[] | undefined) {
		this.change({ tags });
	}

	private change(changes: Changes): void {
		this.changed.set(this.id, { ...this.changed.get(this.id), ...changes });
	}
}
