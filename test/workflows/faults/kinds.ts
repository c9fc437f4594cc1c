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

/** After a global tag was removed. */
export const publishing: readonly RequestKind[] = [
	misp('the order to publish again', 'POST', /\/events\/publish\//),
	misp('the look whether it is published', 'POST', /\/events\/restSearch$/, /^\{"uuid":"/),
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
