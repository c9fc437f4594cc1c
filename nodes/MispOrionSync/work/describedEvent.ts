import { placeholder, singleSpaced } from '../../CytomicOrion/ioc';

/** An event that MISP has deleted, as its blocklist names it. */
export interface BlockedEvent {
	uuid: string;
	/** Its title; empty where a person entered the UUID. */
	info: string;
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const naming: Readonly<Record<string, 'uuid' | 'info'>> = {
	event_uuid: 'uuid',
	'Event.uuid': 'uuid',
	event_info: 'info',
	'Event.info': 'info',
};

/**
 * Finds the event that the description of an IOC names, from the template that descriptions are made by: `{event_id} - {event_info}` reads
 * "12 - Phishing wave" as the event of that title. Only whole titles and UUIDs count.
 */
export function describedEvent(template: string, events: readonly BlockedEvent[]) {
	const captures: Array<'uuid' | 'info'> = [];
	let pattern = '';
	let end = 0;
	for (const match of template.matchAll(placeholder)) {
		pattern += literal(template.slice(end, match.index));
		const field = naming[match[1] ?? match[2] ?? ''];
		if (field !== undefined && !captures.includes(field)) {
			captures.push(field);
			pattern += '(.*)';
		} else pattern += '.*?';
		end = match.index + match[0].length;
	}
	const whole = new RegExp(`^${singleSpaced(pattern + literal(template.slice(end)))}$`, 's');
	const by = {
		uuid: new Map(events.map((event) => [event.uuid, event])),
		info: new Map(events.flatMap((event) => (event.info === '' ? [] : [[singleSpaced(event.info), event] as const]))),
	};
	return {
		isEmpty: captures.every((field) => by[field].size === 0),
		find: (description: string): BlockedEvent | undefined => {
			const found = whole.exec(description) ?? [];
			// A title may be used twice, a UUID may not.
			const field = captures.includes('uuid') ? 'uuid' : captures[0];
			return field === undefined ? undefined : by[field].get(found[1 + captures.indexOf(field)] ?? '');
		},
	};
}
