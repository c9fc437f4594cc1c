/** Number of single-character edits between two short words. */
function distance(a: string, b: string): number {
	let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const swap = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			row.push(Math.min(swap, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
		}
		previous = row;
	}
	return previous[b.length] ?? 0;
}

const bare = (word: string): string => word.toLowerCase().replace(/[^a-z0-9|]/g, '');

/** The known word that was most likely meant, or undefined where none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
	if (word.length > 60) return undefined;
	const wanted = bare(word);
	let best: { word: string; cost: number } | undefined;
	for (const candidate of known) {
		const cost = distance(wanted, bare(candidate));
		if (best === undefined || cost < best.cost) best = { word: candidate, cost };
	}
	return best !== undefined && best.cost <= Math.max(1, Math.floor(wanted.length / 3)) ? best.word : undefined;
}
