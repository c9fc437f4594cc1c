import type { Row } from '../../answers/row';
import { asText, rowsOf, textIn } from '../../answers/row';

/** How far a query is. */
export interface QueryStatus {
	operationId: string;
	clientId: string;
	status: string;
	/** Where the result is, for five minutes. */
	url: string;
}

const isLink = (value: unknown): boolean => /^https?:\/\//i.test(asText(value));

/** A status may be a text of its own name, or that of the call; a link is whatever looks like one. */
const readStatus = (row: Row): Omit<QueryStatus, 'operationId'> => ({
	clientId: textIn(row, 'pandaID', 'clientId'),
	status: textIn(row, 'status', 'state', 'info'),
	url: asText(Object.values(row).find(isLink)),
});

/**
 * Which of the two calls tells the state and which the link is contradictory in what is public. So whatever either said is put together.
 * An answer that names no operation counts for the only one that was asked about.
 */
export function statusOf(operationId: string, bodies: readonly unknown[], isOnly: boolean): QueryStatus {
	const rows = bodies.flatMap(rowsOf).filter((row) => {
		const named = textIn(row, 'operationId');
		return named === '' ? isOnly : named.toLowerCase() === operationId.toLowerCase();
	});
	const links = isOnly ? bodies.filter(isLink).map(asText) : [];
	const read = rows.map(readStatus);
	const first = (name: 'clientId' | 'url' | 'status') =>
		read.map((one) => one[name]).find((value) => value !== '' && !(name === 'status' && isLink(value))) ?? '';
	return { operationId, clientId: first('clientId'), status: first('status'), url: first('url') || (links[0] ?? '') };
}

export const isFinished = ({ url, status }: QueryStatus): boolean =>
	url !== '' || /finish|complete|done|success/i.test(status);
