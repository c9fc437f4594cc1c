import { ALL_IOC_TYPES } from '../../../sandbox/orion/iocs/types';
import type { MispEvent } from '../../../sandbox/misp/model';
import type { World } from '../world';
import { wantedOf } from './indicators';
import type { Scene, Snapshot, TaggedObject } from './job';

/** Puts a scene into the servers. Its events are known by their titles. */
export function set(world: World, { events, held, vanished = [], refused }: Scene): void {
	events.forEach((event, at) => world.misp.store.addEvent({ ...event, uuid: uuidOf(at) }));
	for (const key of held) hold(world, key);
	for (const { info, attributes } of vanished) {
		const event = world.misp.store.addEvent({ info, published: true, attributes });
		for (const key of attributes.flatMap(({ holds }) => holds)) hold(world, key, `${event.id} - ${info}`);
		world.misp.store.deleteEvent(event);
	}
	refused.forEach((value) => world.orion.refuse(value));
}

function hold(world: World, key: string, description = ''): void {
	const type = ALL_IOC_TYPES.find((one) => key.startsWith(`${one}:`));
	if (type === undefined) throw new Error(`No IOC: ${key}`);
	world.orion.iocs.put(type, {
		value: key.slice(type.length + 1),
		daysToExpiration: 365,
		additionalData: '',
		source: 'MISP',
		policy: 'Detect',
		description,
	});
}

const uuidOf = (at: number): string => `fa017500-0000-4000-8000-${String(at).padStart(12, '0')}`;

export function snapshot(world: World, scene: Scene): Snapshot {
	const indicatorsOf = new Map(scene.events.map(({ info, attributes }) => [info, attributes]));
	const objects = [...world.misp.store.events.values()].flatMap((event) => {
		const indicators = indicatorsOf.get(event.info) ?? [];
		const attributes = event.attributes.map((attribute): TaggedObject => {
			const known = indicators.find(({ type, value }) => type === attribute.type && value === attribute.value);
			return {
				name: `${attribute.value} in ${event.info}`,
				uuid: world.misp.store.uuidOf(attribute),
				kind: 'attribute',
				tags: namesOf(attribute.tags ?? []),
				published: event.published,
				holds: known?.holds ?? [],
				wanted: known ? wantedOf(known) : [],
			};
		});
		return [eventObject(event, attributes), ...attributes];
	});
	return { objects, held: [...world.orion.iocs.keys()].sort() };
}

const eventObject = (event: MispEvent, attributes: readonly TaggedObject[]): TaggedObject => ({
	name: event.info,
	uuid: event.uuid,
	kind: 'event',
	tags: namesOf(event.tags),
	published: event.published,
	holds: attributes.flatMap(({ holds }) => holds),
	wanted: attributes.flatMap(({ wanted }) => wanted),
});

const namesOf = (tags: MispEvent['tags']): string[] =>
	tags.map(({ tag, local }) => (local ? tag.name : `${tag.name} (global)`)).sort();
