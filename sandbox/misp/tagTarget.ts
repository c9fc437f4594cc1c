import type { AttachedTag, Attribute, MispEvent } from './model';

export type TagTarget =
	| { readonly kind: 'event'; readonly event: MispEvent }
	| { readonly kind: 'attribute'; readonly attribute: Attribute };

export function attachedTo(target: TagTarget): readonly AttachedTag[] {
	return target.kind === 'event' ? target.event.tags : (target.attribute.tags ?? []);
}

export function eventOf(target: TagTarget): MispEvent {
	return target.kind === 'event' ? target.event : target.attribute.event;
}
