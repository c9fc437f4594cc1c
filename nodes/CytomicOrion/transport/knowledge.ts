import { inParallel } from '../../shared/inParallel';
import type { ComputerFacts } from '../answers/computer';
import { readComputer } from '../answers/computer';
import type { Whereabouts } from '../answers/file';
import { readWhereabouts } from '../answers/file';
import type { Row } from '../answers/row';
import { isRow, rowsOf } from '../answers/row';
import { limits } from '../limits';
import type { Orion } from './connect';
import { problemOf } from './connect';
import { paths } from './paths';

/** What Orion says of a file; a row with empty fields where it doesn't know it. */
export async function fileRow(orion: Orion, md5: string): Promise<Row> {
	const reading = await orion.ask({ method: 'GET', path: paths.fileInfo(md5) });
	if (reading.kind === 'data') return isRow(reading.body) ? reading.body : (rowsOf(reading.body)[0] ?? {});
	// Unknown hashes are seen to come with empty fields. A 404 for this one hash would say the same.
	if (reading.problem.code === 'not_found') return {};
	throw problemOf(reading.problem);
}

export async function whereabouts(orion: Orion, md5: string): Promise<Whereabouts[]> {
	const reading = await orion.ask({ method: 'GET', path: paths.fileComputers(md5) });
	if (reading.kind === 'data')
		return rowsOf(reading.body)
			.map(readWhereabouts)
			.filter(({ muid }) => muid !== '');
	if (reading.problem.code === 'not_found') return [];
	throw problemOf(reading.problem);
}

export interface Seen {
	where: Whereabouts;
	computer: ComputerFacts;
	/** False where Orion has no details of the computer any more. */
	hasDetails: boolean;
}

/** Where a file was seen, each computer with its details, some at a time. */
export async function computersWith(orion: Orion, md5: string): Promise<Seen[]> {
	const seen = await whereabouts(orion, md5);
	const muids = [...new Set(seen.map(({ muid }) => muid))];
	const rows = await inParallel(muids, limits.concurrency, async (muid) => await computerRow(orion, muid));
	const rowOf = new Map(muids.map((muid, at) => [muid, rows[at]]));
	return seen.map((where) => {
		const row = rowOf.get(where.muid);
		return { where, computer: readComputer(where.muid, row ?? {}), hasDetails: row !== undefined };
	});
}

/** What Orion says of a computer; nothing where it doesn't know it. */
export async function computerRow(
	orion: Orion,
	muid: string,
	path = paths.computerInfo(muid),
): Promise<Row | undefined> {
	const reading = await orion.ask({ method: 'GET', path });
	if (reading.kind === 'data') return rowsOf(reading.body)[0];
	if (reading.problem.code === 'not_found') return undefined;
	throw problemOf(reading.problem);
}
