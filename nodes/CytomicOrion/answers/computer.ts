import type { Row } from './row';
import { anyField, otherFields, textIn } from './row';
import { isoTime } from './time';

export interface ComputerFacts {
	muid: string;
	machineName: string;
	clientId: string;
	clientName: string;
	creationDate: string | undefined;
	clientCreationDate: string | undefined;
	lastSeen: string | undefined;
}

const known = [
	'muid',
	'machineName',
	'clientId',
	'clientName',
	'creationDate',
	'clientCreationDateUtc',
	'lastSeenUtc',
	'lastSeen',
];

export const readComputer = (muid: string, row: Row): ComputerFacts => ({
	muid: textIn(row, 'muid') || muid,
	machineName: textIn(row, 'machineName'),
	clientId: textIn(row, 'clientId'),
	clientName: textIn(row, 'clientName'),
	creationDate: isoTime(anyField(row, 'creationDate')),
	clientCreationDate: isoTime(anyField(row, 'clientCreationDateUtc')),
	lastSeen: isoTime(anyField(row, 'lastSeenUtc', 'lastSeen')),
});

export const otherComputerFields = (row: Row) => otherFields(row, known);
