/** How n8n's editor sets the text of a sticky note, in canvas units; measured on n8n 2.41, and rounded up. */
const set = {
	perCharacter: 7.2,
	sides: 28,
	line: 19.5,
	block: 8,
	top: 12,
	bottom: 24,
	title: { '#': 46, '##': 32 },
} as const;

/** The height that a note of this width needs for its text: a title, paragraphs and lists in Markdown. */
export function textHeight(markdown: string, width: number): number {
	const perLine = Math.floor((width - set.sides) / set.perCharacter);
	const heights = markdown
		.split('\n')
		.filter((block) => block !== '')
		.map((block) => {
			const title = /^(##?) /.exec(block)?.[1];
			if (title === '#' || title === '##') return set.title[title];
			return linesOf(block.replace(/[*`]/g, ''), perLine) * set.line + set.block;
		});
	return heights.reduce((sum, height) => sum + height, set.top + set.bottom);
}

/** Lines of a text that is broken between words. */
function linesOf(text: string, perLine: number): number {
	let lines = 1;
	let filled = 0;
	for (const { length } of text.split(' ')) {
		if (filled > 0 && filled + 1 + length > perLine) {
			lines++;
			filled = length;
		} else {
			filled += (filled > 0 ? 1 : 0) + length;
		}
	}
	return lines;
}
