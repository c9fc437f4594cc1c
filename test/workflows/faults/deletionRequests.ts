import { tags } from '../world';
import type { RequestKind } from './job';
import { iocs, lookUp, misp, newTag, onTag, publishing, search, signingIn } from './kinds';

const tagsOf = (operator: 'OR' | 'AND') => new RegExp(`"tags":\\{"${operator}":\\["cytomic-orion:state=\\\\"uploaded`);

/** Every request of the deletion. */
export const kinds: readonly RequestKind[] = [
	...signingIn,
	search('events', 'the search for what was left unpublished', /publish-again\\""\],"metadata":1/),
	lookUp('events', 'the look-up before the mark of what was left goes'),
	search('events', 'the search for events to delete', /action=\\"delete\\""\].*"metadata":1/),
	search('attributes', 'the search for attributes to delete', /"tags":\["cytomic-orion:action=\\"delete/),
	search('attributes', 'the search for what is still wanted', tagsOf('OR')),
	iocs('the erasing of hashes', /\/iocs\/filehashioc\/eraser/),
	iocs('the erasing of addresses', /\/iocs\/ipioc\/eraser/),
	iocs('the erasing of domains', /\/iocs\/domainioc\/eraser/),
	iocs('the erasing of URLs', /\/iocs\/urlioc\/eraser/),

	newTag('the making sure of the tag for what is deleted', tags.deleted, true),
	lookUp('events', 'the look-up before marking', 1),
	lookUp('attributes', 'the look-up of attributes before marking'),
	onTag('attachTagToObject', 'the marking', tags.deleted),
	lookUp('events', 'the look-up before unmarking', 2),
	lookUp('attributes', 'the look-up of attributes before unmarking', 1),
	onTag('removeTagFromObject', 'the unmarking', tags.uploaded),
	lookUp('events', 'the look-up before untagging', 3),
	onTag('removeTagFromObject', 'the untagging', tags.delete),
	onTag('removeTagFromObject', 'the untagging in the middle', tags.delete, 2),
	...publishing,

	{ ...search('attributes', 'the search for what was deleted', /"deleted":1/) },
	{ ...search('attributes', 'the search for what was revoked', /"to_ids":0/) },
	{ ...search('attributes', 'the search for what is wanted by others', tagsOf('OR')), after: 2 },
	iocs('the erasing of what was revoked', /\/iocs\/filehashioc\/eraser/, 2),
	newTag('the making sure of the tag for what was revoked', tags.notUploaded, true),
	misp('the marking of much that was revoked', 'POST', /\/attributes\/addTag\/selected/),
	onTag('attachTagToObject', 'the marking of what was revoked', tags.notUploaded),
	search('attributes', 'the search for what is wanted again', /"to_ids":1,"includeContext"/),
	onTag('removeTagFromObject', 'the unmarking of what is wanted again', tags.notUploaded),
];
