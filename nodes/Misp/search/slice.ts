/** Rows `offset` to `offset + limit` of a result, as MISP takes them: a page number and a page size. */
export interface Slice {
	page: number;
	limit: number;
	offset: number;
}

/**
 * The slice that begins at `start` or a little before it, and is at most `size` rows long. MISP only knows multiples of the page size, so the
 * page size is chosen to fit: of those between half of `size` and `size`, the one that reaches farthest.
 */
export function sliceAt(start: number, size: number): Slice {
	if (start < size / 2) return { page: 1, limit: size, offset: 0 };
	let best: Slice = { page: 1, limit: size, offset: 0 };
	for (let limit = size; limit >= Math.max(1, Math.ceil(size / 2)); limit--) {
		const pages = Math.floor(start / limit);
		const offset = pages * limit;
		if (offset + limit > best.offset + best.limit) best = { page: pages + 1, limit, offset };
	}
	return best;
}
