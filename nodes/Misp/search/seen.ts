import type { Row } from './rows';

const blockBits = 10;
const wordsPerBlock = 2 ** blockBits / 32;

/**
 * Which rows were handed out already. Ids are unique on an instance and mostly dense, so a bit each in blocks of 1,024 is enough: about
 * 10 kB for 50,000 attributes of one event, and never more than some 200 bytes a row.
 */
export class Seen {
	private readonly blocks = new Map<number, Uint32Array>();
	private readonly uuids = new Set<string>();

	/** Marks the row; false where it was marked before. A row without id and UUID cannot be told apart and counts as new. */
	add(row: Row): boolean {
		const id = typeof row.id === 'string' || typeof row.id === 'number' ? Number(row.id) : Number.NaN;
		if (Number.isSafeInteger(id) && id > 0) return this.mark(id);
		if (typeof row.uuid !== 'string') return true;
		if (this.uuids.has(row.uuid)) return false;
		this.uuids.add(row.uuid);
		return true;
	}

	private mark(id: number): boolean {
		const block = Math.floor(id / 2 ** blockBits);
		const bits = this.blocks.get(block) ?? new Uint32Array(wordsPerBlock);
		this.blocks.set(block, bits);
		const word = Math.floor((id % 2 ** blockBits) / 32);
		const bit = 1 << id % 32;
		const before = bits[word] ?? 0;
		bits[word] = before | bit;
		return (before & bit) === 0;
	}
}
