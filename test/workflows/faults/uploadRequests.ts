import { tags } from '../world';
import type { RequestKind } from './job';
import { iocs, lookUp, misp, newTag, onTag, publishing, search, signingIn } from './kinds';

/** Every request of the upload. */
export const kinds: readonly RequestKind[] = [
	...signingIn,
	search('events', 'the search for what was left unpublished', /publish-again\\""\],"metadata":1/),
	lookUp('events', 'the look-up before the mark of what was left goes'),
	search('events', 'the search for events to upload', /"published":1,"metadata":1/),
	misp('the look for a tag', 'GET', /\/tags\/index\//),
	newTag('the creation of the tag for what is uploaded', tags.uploaded, false),
	newTag('the creation of the tag for what stays out', tags.notUploaded, false),

	search('attributes', 'the search for what is not for detection', /"to_ids":0/),
	search('attributes', 'the search for what is deleted', /"deleted":1/),
	newTag('the making sure of the tag for what stays out', tags.notUploaded, true),
	lookUp('events', 'the look-up before marking what stays out', 1),
	lookUp('attributes', 'the look-up of attributes before marking what stays out'),
	onTag('attachTagToObject', 'the marking of what stays out', tags.notUploaded),
	misp('the marking of much at once', 'POST', /\/attributes\/addTag\/selected/),
	lookUp('events', 'the look-up before untagging what stays out', 2),
	onTag('removeTagFromObject', 'the untagging of what stays out', tags.upload),

	search('attributes', 'the search for attributes to upload', /"published":1,"eventid"/),
	iocs('the import of hashes', /\/iocs\/filehashioc\?/),
	iocs('the import of half a batch', /\/iocs\/filehashioc\?/, 1),
	iocs('the import of addresses', /\/iocs\/ipioc\?/),
	iocs('the import of domains', /\/iocs\/domainioc\?/),
	iocs('the import of URLs', /\/iocs\/urlioc\?/),

	newTag('the making sure of the tag for what is uploaded', tags.uploaded, true),
	lookUp('events', 'the look-up before marking', 5),
	lookUp('attributes', 'the look-up of attributes before marking', 4),
	onTag('attachTagToObject', 'the marking', tags.uploaded),
	lookUp('events', 'the look-up before untagging', 6),
	lookUp('attributes', 'the look-up of attributes before untagging', 5),
	onTag('removeTagFromObject', 'the untagging', tags.upload, 1),
	onTag('removeTagFromObject', 'the untagging in the middle', tags.upload, 3),
	...publishing,
	lookUp('events', 'the look-up before taking the mark of a deletion off', 7),
	onTag('removeTagFromObject', 'the taking off of the mark of a deletion', tags.deleted),
];
