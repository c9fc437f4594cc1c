import type { Attribute, MispEvent } from '../model';
import type { AttributeSeed } from '../seeds';
import { MispStore } from '../store';
import { type Changes, GeneratedAttribute } from './attribute';
import { GeneratedEvent } from './event';

/** What to generate: a plain series, the same for the same numbers. */
export interface Series {
	/** In all; they are numbered from 1. Each is of another type than the one before, all are published and for detection. */
	readonly attributes: number;
	readonly perEvent: number;
	/** Local tags of an event, by its place from 0. */
	readonly eventTags?: (place: number) => readonly string[];
	/** Organisation that made an event, by its place; the host organisation where left out. */
	readonly organisation?: (place: number) => string;
}

const DAY = 86_400;
const PREFIX = '5f0c9a3e-7d21-4b68-8c54-';
/** Numbers in UUIDs of events begin here, those of attributes at 1. */
const EVENTS_FROM = 2 ** 40;

const uuidNumbered = (n: number): string => PREFIX + n.toString(16).padStart(12, '0');

/**
 * A MISP with many attributes that takes little memory: they are worked out as they are read, event by event. Of an attribute, its tags,
 * its deletion and whether it is for detection can be changed, which is remembered, and it can be deleted for good.
 */
export class GeneratedStore extends MispStore {
	private readonly changed = new Map<number, Changes>();
	private readonly gone = new Set<number>();
	private readonly byUuid = new Map<string, GeneratedEvent>();
	private series: Series = { attributes: 0, perEvent: 1 };
	private isTouched = false;

	/** Puts a series in place of all there was. Its events are published and a second apart; the first is eight days old. */
	generate(series: Series): void {
		this.series = series;
		for (const known of [this.changed, this.gone, this.byUuid, this.events]) known.clear();
		this.blocklist.length = 0;
		this.isTouched = false;
		this.nextEventId = 1;
		// Attributes that are added come behind.
		this.attributes.length = series.attributes + 1;
		const start = this.now() - 8 * DAY;
		for (let place = 0; place * series.perEvent < series.attributes; place++) this.generateEvent(place, start + place);
	}

	private generateEvent(place: number, born: number): void {
		const { attributes, perEvent, eventTags, organisation } = this.series;
		const maker = organisation?.(place);
		const first = place * perEvent + 1;
		const count = Math.min(perEvent, attributes - place * perEvent);
		const event = new GeneratedEvent({
			id: this.nextEventId++,
			uuid: uuidNumbered(EVENTS_FROM + place),
			info: `Generated event ${place}`,
			org: this.hostOrg,
			orgc: maker === undefined ? this.hostOrg : (this.organisation(maker) ?? this.addOrganisation({ name: maker })),
			creator: this.admin,
			born,
			tags: (eventTags?.(place) ?? []).map((name) => this.attached({ name, local: true })),
			attributes: () => {
				const made: Attribute[] = [];
				for (let id = first; id < first + count; id++) if (!this.gone.has(id)) made.push(this.made(id, event));
				return made;
			},
		});
		this.events.set(event.id, event);
		this.byUuid.set(event.uuid, event);
	}

	override get isByChange(): boolean {
		if (this.isTouched) return false;
		for (const { timestamp } of this.changed.values()) if (timestamp !== undefined) return false;
		return true;
	}

	override touch(event: MispEvent, attribute?: Attribute): void {
		this.isTouched = true;
		super.touch(event, attribute);
	}

	override event(idOrUuid: unknown): MispEvent | undefined {
		return this.byUuid.get(String(idOrUuid).toLowerCase()) ?? super.event(idOrUuid);
	}

	override deleteEvent(event: MispEvent): void {
		this.byUuid.delete(event.uuid);
		super.deleteEvent(event);
	}

	override uuidOf(attribute: Attribute): string {
		return attribute instanceof GeneratedAttribute ? uuidNumbered(attribute.id) : super.uuidOf(attribute);
	}

	override attribute(idOrUuid: unknown): Attribute | undefined {
		const wanted = String(idOrUuid).toLowerCase();
		const id = wanted.startsWith(PREFIX) ? Number.parseInt(wanted.slice(PREFIX.length), 16) : Number(wanted);
		const isGenerated = id >= 1 && id <= this.series.attributes;
		if (!isGenerated) return super.attribute(idOrUuid);
		const event = this.byUuid.get(uuidNumbered(EVENTS_FROM + Math.floor((id - 1) / this.series.perEvent)));
		return event && !this.gone.has(id) ? this.made(id, event) : undefined;
	}

	override *allAttributes(): Generator<Attribute> {
		for (const event of this.events.values()) yield* event.attributes;
	}

	override addAttribute(event: MispEvent, seed: AttributeSeed): Attribute {
		if (event instanceof GeneratedEvent) throw new Error(`Nothing can be added to event ${event.id}: it is generated`);
		return super.addAttribute(event, seed);
	}

	override deleteAttribute(attribute: Attribute): void {
		if (attribute instanceof GeneratedAttribute) this.forget(attribute);
		else super.deleteAttribute(attribute);
	}

	protected override forget(attribute: Attribute): void {
		if (!(attribute instanceof GeneratedAttribute)) return super.forget(attribute);
		this.gone.add(attribute.id);
		this.changed.delete(attribute.id);
	}

	private made(id: number, event: GeneratedEvent): GeneratedAttribute {
		return new GeneratedAttribute(id, event, this.changed);
	}
}
