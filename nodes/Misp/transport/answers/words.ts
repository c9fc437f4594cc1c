const entities: Readonly<Record<string, string>> = {
	'&quot;': '"',
	'&#039;': "'",
	'&lt;': '<',
	'&gt;': '>',
	'&amp;': '&',
};

const longest = 600;

/** MISP's words as a person reads them: entities resolved, tags gone, one line, no longer than a paragraph. */
export function readable(words: string): string {
	const plain = words
		.slice(0, longest * 4)
		.replace(/<[^>]*>/g, ' ')
		.replace(/&(?:quot|#039|lt|gt|amp);/g, (entity) => entities[entity] ?? entity)
		.replace(/\s+/g, ' ')
		.trim();
	return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}
