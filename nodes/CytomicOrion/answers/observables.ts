import type { IocType } from '../ioc';
import { normalise } from '../ioc';
import { isSpecialPurpose } from '../ioc/specialPurpose';
import { isRow } from './row';

export interface Observable {
	type: IocType;
	/** Normalised as IOCs are, so that the two can be compared. */
	value: string;
}

/** Ends of file names that look like the end of a domain name and are none. */
const fileEndings: ReadonlySet<string> = new Set(
	'bat bin cfg cmd csv dat dll doc docm docx drv exe hta htm html ini iso jar jpg js json lnk log msi pdf php png ppt pptx ps1 reg scr sys tmp txt vbe vbs xls xlsm xlsx xml'.split(
		' ',
	),
);

const most = 100;
const deepest = 8;

/**
 * The values in an indicator's details that could be IOCs: MD5 hashes, public addresses, domains and URLs. How an indicator names the
 * IOC that raised it is not public; whichever field it is, the value is among these.
 */
export function observablesIn(details: unknown): Observable[] {
	const found = new Map<string, Observable>();
	for (const text of textsIn(details, 0)) {
		for (const word of text.split(/[\s"'`<>|,;(){}]+/)) {
			const observable = observableOf(word);
			if (observable && found.size < most) found.set(`${observable.type}:${observable.value}`, observable);
		}
	}
	return [...found.values()];
}

function* textsIn(value: unknown, depth: number): Generator<string> {
	if (typeof value === 'string') yield value;
	if (depth > deepest || typeof value !== 'object' || value === null) return;
	for (const inner of Array.isArray(value) ? value : Object.values(value)) yield* textsIn(inner, depth + 1);
}

/** The first type that a word is an IOC of; a bare name counts as a domain only with a dot in it. */
function observableOf(word: string): Observable | undefined {
	if (word.length < 4 || word.length > 2_048) return undefined;
	if (word.includes('://')) return judged('url', word);
	return judged('hash', word) ?? judged('ip', word) ?? domainIn(word);
}

function domainIn(word: string): Observable | undefined {
	if (!/^[\w-]+(?:\.[\w-]+)+$/.test(word)) return undefined;
	const ending = word.slice(word.lastIndexOf('.') + 1).toLowerCase();
	return fileEndings.has(ending) || !/^[a-z][a-z0-9-]+$/.test(ending) ? undefined : judged('domain', word);
}

function judged(type: IocType, word: string): Observable | undefined {
	const value = normalise(type, word);
	if (!value.ok || ((type === 'ip' || type === 'domain') && isSpecialPurpose(value.value))) return undefined;
	return { type, value: value.value };
}

/** Details come as JSON in a text; what isn't JSON stays text. */
export function parseDetails(details: unknown): unknown {
	if (typeof details !== 'string' || !/^\s*[[{]/.test(details))
		return isRow(details) || Array.isArray(details) ? details : details || undefined;
	try {
		return JSON.parse(details);
	} catch {
		return details;
	}
}
