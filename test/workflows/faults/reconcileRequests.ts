import { tags } from '../world';
import type { RequestKind } from './job';
import { iocs, misp, newTag, onTag, orion, publishing, search, signingIn } from './kinds';

const tagged = (state: string) => new RegExp(`"tags":\\{"OR":\\["cytomic-orion:state=\\\\"${state}\\\\""\\]`);
const eitherTag = /"tags":\{"OR":\["cytomic-orion:state=\\"uploaded\\"","/;
const wanted = 'the search for what is still wanted';
const types = [
	['hashes', 'filehashioc'],
	['addresses', 'ipioc'],
	['domains', 'domainioc'],
	['URLs', 'urlioc'],
] as const;

const getter = (name: string, type: string, body: RegExp): RequestKind => ({
	...orion(name, 'POST', new RegExp(`/iocs/${type}/getter`)),
	body,
});

/** Every request of the sync node's reconciliation. */
export const reconcileKinds: readonly RequestKind[] = [
	...signingIn,
	search('events', 'the search for what was left unpublished', /publish-again\\""\],"metadata":1/),
	search('attributes', 'the search for what was uploaded', tagged('uploaded')),
	...types.map(([name, type]) => getter(`the look at ${name} in Orion`, type, /^\[\{(?!"source")/)),
	...types.map(([name, type]) => iocs(`the import of ${name}`, new RegExp(`/iocs/${type}\\?`))),
	search('attributes', wanted, eitherTag),
	...types.map(([name, type]) => iocs(`the erasing of ${name}`, new RegExp(`/iocs/${type}/eraser`))),
	newTag('the making sure of the tag for what is out', tags.notUploaded, true),
	misp('the marking of much that is out', 'POST', /\/attributes\/addTag\/selected/),
	onTag('removeTagFromObject', 'the unmarking of what is back', tags.notUploaded),
	search('attributes', 'the search for what is marked as deleted', tagged('deleted')),
	{ ...getter('the look whether that is in Orion', 'filehashioc', /^\[\{(?!"source")/), after: 1 },
	{ ...search('attributes', `${wanted} of that`, eitherTag), after: 1 },
	iocs('the erasing of what is marked as deleted', /\/iocs\/filehashioc\/eraser/, 1),
	onTag('removeTagFromObject', 'the taking off of the mark of an upload', tags.uploaded),
	misp('the look at the events that were deleted from MISP', 'GET', /\/eventBlocklists\/index/),
	...types.map(([name, type]) => getter(`the look for their ${name}`, type, /"source"/)),
	{ ...search('attributes', `${wanted} of them`, eitherTag), after: 2 },
	iocs('the erasing of what vanished', /\/iocs\/filehashioc\/eraser/, 2),
	...publishing,
];
