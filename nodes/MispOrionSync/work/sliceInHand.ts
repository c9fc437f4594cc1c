import type { EventResult } from '../../CytomicOrion/ioc';
import type { CompactAttribute } from '../../Misp/item';
import type { Tagged } from '../../Misp/tagging/relabel';
import { attachmentOf } from '../../Misp/tagging/targets';
import type { Page, Slice } from '../reading/pages';

/** The attribute as something to tag. */
export const taggedAttribute = ({ id, uuid, event_uuid, event_published, tags }: CompactAttribute): Tagged => ({
	kind: 'attribute',
	id,
	uuid,
	eventUuid: event_uuid ?? '',
	published: event_published === true,
	tags,
});

/** What is known of a slice while its pages are worked on: which of its events and attributes may have their tags moved, and when. */
export class SliceInHand {
	private readonly pages = new Set<Page>();
	private isRead = false;
	/** Events of which a part is not done. */
	private readonly unfinished = new Set<string>();
	/** Attributes that carry the control tag themselves and have nothing left to do. */
	private readonly attributes: Tagged[] = [];
	private readonly claimed = new Set<string>();

	constructor(
		readonly slice: Slice,
		private readonly controlTag: string,
	) {}

	begin(page: Page): void {
		this.pages.add(page);
		this.isRead ||= page.last;
	}

	/** Those of these events whose tags are to be moved: that carry the control tag, and were not given out before. */
	claim(uuids: Iterable<string>): Tagged[] {
		const events = [...uuids].flatMap((uuid) => {
			const event = this.slice.events.get(uuid);
			const isWanted = event && !this.claimed.has(uuid) && attachmentOf(event.tags, this.controlTag) !== 'no';
			return isWanted ? [event] : [];
		});
		for (const { uuid } of events) this.claimed.add(uuid);
		return events;
	}

	/** What became of a page. `troubled` are attributes whose own tags could not be set: their events have to wait. */
	note(rows: readonly CompactAttribute[], parts: readonly EventResult[], troubled: ReadonlySet<string>): void {
		const settled = new Set(parts.flatMap((part) => [...part.settled]));
		for (const { eventUuid } of parts)
			if (eventUuid !== undefined && !settled.has(eventUuid)) this.unfinished.add(eventUuid);
		for (const row of rows) {
			if (troubled.has(row.uuid)) this.unfinished.add(row.event_uuid ?? '');
			else if (settled.has(row.uuid)) this.attributes.push(taggedAttribute(row));
		}
	}

	/** The page is through; true where all of the slice is. */
	end(page: Page): boolean {
		this.pages.delete(page);
		return this.isRead && this.pages.size === 0;
	}

	/** Everything with nothing left to do that was not given out yet; events without any IOC too. */
	rest(): Tagged[] {
		const finished = [...this.slice.events.keys()].filter((uuid) => !this.unfinished.has(uuid));
		return [...this.claim(finished), ...this.attributes];
	}
}
