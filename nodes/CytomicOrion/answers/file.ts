import type { Row } from './row';
import { field, otherFields, textIn } from './row';
import { isoTime } from './time';

export interface FileFacts {
	md5: string;
	/** Orion answers for a hash that it doesn't know too, with empty fields. */
	known: boolean;
	fileName: string;
	/** Bytes. */
	fileSize: number | undefined;
	/** The name decides: the number beside it was seen to contradict it (3, which should be Suspicious, with "Goodware"). */
	classification: string;
	classificationNumber: string;
	firstSeen: string | undefined;
	lastSeen: string | undefined;
}

const known = ['fileName', 'fileSize', 'firstSeen', 'lastSeen', 'classification', 'classificationName', 'md5', 'hash'];

export function readFile(md5: string, row: Row): FileFacts {
	const fileName = textIn(row, 'fileName');
	const firstSeen = isoTime(field(row, 'firstSeen'));
	const lastSeen = isoTime(field(row, 'lastSeen'));
	const size = textIn(row, 'fileSize');
	const isKnown = fileName !== '' || firstSeen !== undefined || lastSeen !== undefined;
	return {
		md5,
		known: isKnown,
		fileName,
		fileSize: isKnown && /^\d+$/.test(size) ? Number(size) : undefined,
		classification: textIn(row, 'classificationName') || 'Unknown',
		classificationNumber: textIn(row, 'classification'),
		firstSeen,
		lastSeen,
	};
}

export const otherFileFields = (row: Row) => otherFields(row, known);

/** Where a file was seen: one computer. */
export interface Whereabouts {
	muid: string;
	clientId: string;
	path: string;
	firstSeen: string | undefined;
	lastSeen: string | undefined;
}

export const readWhereabouts = (row: Row): Whereabouts => ({
	muid: textIn(row, 'muid'),
	clientId: textIn(row, 'clientId'),
	path: textIn(row, 'lastPath', 'path'),
	firstSeen: isoTime(field(row, 'firstSeen')),
	lastSeen: isoTime(field(row, 'lastSeen')),
});
