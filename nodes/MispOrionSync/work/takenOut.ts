import type { CompactAttribute } from '../../Misp/item';
import type { Tagged } from '../../Misp/tagging/relabel';
import type { ControlTags } from '../descriptions/tags';

const ofEvent = ({ tags }: CompactAttribute, tag: string): boolean =>
	tags.some(({ name, inherited }) => inherited === true && name.toLowerCase() === tag.toLowerCase());

/** Its event was deleted by its tag, and nobody wants it back: that holds even where the event is marked as uploaded too. */
export const isTakenOut = (attribute: CompactAttribute, tags: ControlTags): boolean =>
	ofEvent(attribute, tags.deleted) &&
	!attribute.tags.some(({ name }) => name.toLowerCase() === tags.upload.toLowerCase());

/** Marked as uploaded and as deleted at once: an upload and a deletion overtook each other. */
export const isContradictory = (attribute: CompactAttribute, tags: ControlTags): boolean =>
	isTakenOut(attribute, tags) && ofEvent(attribute, tags.uploaded);

/** The attribute's event as something to tag, with the tags that the attribute inherits. */
export const eventOf = ({ event_id, event_uuid = '', event_published, tags }: CompactAttribute): Tagged => ({
	kind: 'event',
	id: event_id,
	uuid: event_uuid,
	eventUuid: event_uuid,
	published: event_published === true,
	tags: tags.filter(({ inherited }) => inherited === true).map(({ inherited: _, ...tag }) => tag),
});
