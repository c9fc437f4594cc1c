import { createHash } from 'node:crypto';
import { attributesOf, type FeedAttribute, type FeedEvent } from './mispEvent';

const now = (): number => Math.floor(Date.now() / 1_000);

/** MISP takes what is newer than what it has: a change must carry a later time than before, even within one second. */
function later(than: string): string {
	return String(Math.max(now(), Number(than) + 1));
}

/** The content of a feed in MISP's own format, changeable as its publisher would. */
export class MispFeed {
	constructor(readonly events: FeedEvent[]) {}

	event(uuid: string): FeedEvent {
		const found = this.events.find((event) => event.uuid === uuid);
		if (!found) throw new Error(`The feed has no event ${uuid}.`);
		return found;
	}

	titled(info: string): FeedEvent {
		const found = this.events.find((event) => event.info === info);
		if (!found) throw new Error(`The feed has no event "${info}".`);
		return found;
	}

	/** Changes an event in place; the event and the attributes that differ afterwards get a later timestamp. */
	update(uuid: string, change: (event: FeedEvent) => void): FeedEvent {
		const event = this.event(uuid);
		const before = new Map(attributesOf(event).map((attribute) => [attribute.uuid, JSON.stringify(attribute)]));
		change(event);
		for (const attribute of attributesOf(event)) {
			if (before.get(attribute.uuid) !== JSON.stringify(attribute)) attribute.timestamp = later(attribute.timestamp);
		}
		event.timestamp = later(event.timestamp);
		if (event.published) event.publish_timestamp = event.timestamp;
		return event;
	}

	/** The publisher no longer stands by a value: `to_ids` off, or the attribute deleted. */
	revoke(uuid: string, value: string, how: 'to_ids' | 'deleted' = 'to_ids'): FeedEvent {
		return this.update(uuid, (event) => {
			const found = attributesOf(event).filter((attribute) => attribute.value === value);
			if (found.length === 0) throw new Error(`The event "${event.info}" has no ${value}.`);
			for (const attribute of found) {
				if (how === 'deleted') attribute.deleted = true;
				else attribute.to_ids = false;
			}
		});
	}

	add(event: FeedEvent): void {
		this.events.push(event);
	}

	/** The event vanishes from the manifest; MISP keeps what it has. */
	remove(uuid: string): void {
		this.events.splice(this.events.indexOf(this.event(uuid)), 1);
	}

	manifest(): Record<string, unknown> {
		return Object.fromEntries(
			this.events.map(({ uuid, Orgc, Tag, info, date, analysis, threat_level_id, timestamp }) => [
				uuid,
				{ Orgc, Tag, info, date, analysis, threat_level_id, timestamp },
			]),
		);
	}

	/** `md5(value),event` a line, with both halves of composite values, for MISP's feed cache. */
	hashes(): string {
		const lines = this.events.flatMap((event) =>
			attributesOf(event).flatMap((attribute) => parts(attribute).map((part) => `${md5(part)},${event.uuid}`)),
		);
		return `${lines.join('\n')}\n`;
	}
}

function parts({ type, value }: FeedAttribute): string[] {
	return type.includes('|') ? value.split('|') : [value];
}

function md5(value: string): string {
	return createHash('md5').update(value).digest('hex');
}
