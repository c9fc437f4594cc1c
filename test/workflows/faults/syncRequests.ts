import { tags } from '../world';
import type { RequestKind } from './job';
import { iocs, misp, newTag, onTag, publishing, search, signingIn } from './kinds';

/** Every request of the sync node's upload. */
export const uploadKinds: readonly RequestKind[] = [
	...signingIn,
	search('events', 'the search for events to upload and what was left', /publish-again\\""\],"metadata":1/),
	search('events', 'the second look at events to upload', /"tags":\["[^,]*\],"metadata":1/),
	newTag('the making sure of the tag for what is uploaded', tags.uploaded, true),
	search('attributes', 'the search for attributes to upload', /"published":1,"deleted":\[0,1\]/),
	newTag('the making sure of the tag for what stays out', tags.notUploaded, true),
	misp('the marking of what stays out', 'POST', /\/attributes\/addTag\/selected/),
	onTag('removeTagFromObject', 'the untagging of what stays out', tags.upload),
	iocs('the import of hashes', /\/iocs\/filehashioc\?/),
	iocs('the import of half a batch', /\/iocs\/filehashioc\?/, 1),
	iocs('the import of addresses', /\/iocs\/ipioc\?/),
	iocs('the import of domains', /\/iocs\/domainioc\?/),
	iocs('the import of URLs', /\/iocs\/urlioc\?/),
	onTag('attachTagToObject', 'the marking', tags.uploaded),
	onTag('attachTagToObject', 'the marking in the middle', tags.uploaded, 3),
	onTag('removeTagFromObject', 'the taking off of the mark of a deletion', tags.deleted),
	onTag('removeTagFromObject', 'the untagging', tags.upload, 1),
	onTag('removeTagFromObject', 'the untagging in the middle', tags.upload, 3),
	...publishing,
];

/** Every request of the sync node's deletion. */
export const deleteKinds: readonly RequestKind[] = [
	...signingIn,
	search('events', 'the search for events to delete and what was left', /publish-again\\""\].*"metadata":1/),
	search('events', 'the second look at events to delete', /"tags":\["[^,]*\],.*"metadata":1/),
	newTag('the making sure of the tag for what is deleted', tags.deleted, true),
	search('attributes', 'the search for attributes to delete', /"tags":\["cytomic-orion:action=\\"delete/),
	search('attributes', 'the search for what is still wanted', /"tags":\{"OR":\["cytomic-orion:state=\\"uploaded/),
	iocs('the erasing of hashes', /\/iocs\/filehashioc\/eraser/),
	iocs('the erasing of addresses', /\/iocs\/ipioc\/eraser/),
	iocs('the erasing of domains', /\/iocs\/domainioc\/eraser/),
	iocs('the erasing of URLs', /\/iocs\/urlioc\/eraser/),
	onTag('attachTagToObject', 'the marking', tags.deleted),
	onTag('attachTagToObject', 'the marking in the middle', tags.deleted, 2),
	onTag('removeTagFromObject', 'the unmarking', tags.uploaded),
	onTag('removeTagFromObject', 'the untagging', tags.delete),
	onTag('removeTagFromObject', 'the untagging in the middle', tags.delete, 2),
	...publishing,
];
