import type { IDataObject } from 'n8n-workflow';
import type { Candidate } from '../../CytomicOrion/ioc';
import { candidateReader, mispFields } from '../../CytomicOrion/ioc';
import type { CompactAttribute } from '../../Misp/item';

export interface Candidates {
	read(rows: readonly CompactAttribute[]): Candidate[];
	fieldsOf(candidate: Candidate): IDataObject;
}

/** Reads attributes as candidates, and remembers the fields of each for as long as it is in use. */
export function candidates(): Candidates {
	const readOne = candidateReader(mispFields);
	const fields = new WeakMap<Candidate, CompactAttribute>();
	return {
		read: (rows) =>
			rows.map((row, index) => {
				const candidate = readOne(row, index);
				fields.set(candidate, row);
				return candidate;
			}),
		fieldsOf: (candidate) => fields.get(candidate) ?? {},
	};
}
