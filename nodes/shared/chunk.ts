/** Parts of at most `size`, in order. */
export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
	const parts: Item[][] = [];
	for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
	return parts;
}
