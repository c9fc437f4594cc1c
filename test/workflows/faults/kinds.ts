import { tags } from '../world';
import type { RequestKind } from './job';

/** A search by tags and the like, as opposed to a look-up by UUID. */
export const search = (scope: 'events' | 'attributes', name: string, body: RegExp): RequestKind => ({
	name,
	server: 'misp',
	method: 'POST',
	path: new RegExp(`/${scope}/restSearch$`),
	body: new RegExp(`^(?!\\{"uuid").*${body.source}`, 's'),
	counts: 'rows',
});

/** What the UUIDs to tag stand for. */
export const lookUp = (scope: 'events' | 'attributes', name: string, after = 0): RequestKind => ({
	name,
	server: 'misp',
	method: 'POST',
	path: new RegExp(`/${scope}/restSearch$`),
	body: /^\{"uuid":\[/,
	after,
	counts: 'rows',
});

export const onTag = (
	doing: 'attachTagToObject' | 'removeTagFromObject',
	name: string,
	tag: string,
	after = 0,
): RequestKind => ({
	name,
	server: 'misp',
	method: 'POST',
	path: new RegExp(`/tags/${doing}$`),
	body: new RegExp(escaped(JSON.stringify(tag))),
	after,
});

/** Each way of tagging sees to it first that there is a tag. */
export const newTag = (name: string, tag: string, colour: boolean): RequestKind => ({
	name,
	server: 'misp',
	method: 'POST',
	path: /\/tags\/add$/,
	body: new RegExp(`^\\{"name":${escaped(JSON.stringify(tag))}${colour ? ',"colour"' : '\\}$'}`),
});

export const misp = (name: string, method: 'GET' | 'POST', path: RegExp, body?: RegExp): RequestKind => ({
	name,
	server: 'misp',
	method,
	path,
	...(body && { body }),
});

export const orion = (name: string, method: 'GET' | 'POST', path: RegExp): RequestKind => ({
	name,
	server: 'orion',
	method,
	path,
});

export const iocs = (name: string, path: RegExp, after = 0): RequestKind => ({
	...orion(name, 'POST', path),
	after,
	counts: 'iocs',
});

/** What both jobs do first at each server. */
export const signingIn: readonly RequestKind[] = [
	misp("the credential's look at MISP", 'GET', /\/servers\/getVersion$/),
	orion('the sign-in at Orion', 'POST', /\/oauth\/token$/),
	orion("the credential's look at Orion", 'GET', /\/forensics\/md5\/0+\/info$/),
];

/** Before and after a global tag is removed; the first order is for what an earlier run left unpublished. */
export const publishing: readonly RequestKind[] = [
	misp('the order to publish again', 'POST', /\/events\/publish\//),
	misp('the look whether it is published', 'POST', /\/events\/restSearch$/, /^\{"uuid":"/),
	onTag('removeTagFromObject', 'the taking off of the mark of what was left', tags.publishAgain),
	newTag('the making sure of the mark', tags.publishAgain, true),
	onTag('attachTagToObject', 'the mark before a global tag goes', tags.publishAgain),
	{ ...misp('the order to publish what was marked', 'POST', /\/events\/publish\//), after: 1 },
	onTag('removeTagFromObject', 'the taking off of the mark', tags.publishAgain, 1),
];

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
