type Cell = string | number;

/** A table for a terminal: numbers to the right, texts to the left, long texts cut. */
export function table(title: string, headers: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
	if (rows.length === 0) return `${title}\n  none\n`;
	const widths = headers.map((header, column) =>
		Math.max(header.length, ...rows.map((row) => show(row[column]).length)),
	);
	const line = (cells: readonly (Cell | undefined)[]) =>
		`  ${cells.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ')}`.trimEnd();
	const rule = `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`;
	return [
		title,
		line(
			headers.map((header, column) =>
				typeof rows[0]?.[column] === 'number' ? header.padStart(widths[column] ?? 0) : header,
			),
		),
		rule,
		...rows.map(line),
		'',
	].join('\n');
}

const MAX_WIDTH = 80;

function show(cell: Cell | undefined): string {
	const text = String(cell ?? '').replace(/\s+/g, ' ');
	return text.length > MAX_WIDTH ? `${text.slice(0, MAX_WIDTH - 1)}…` : text;
}

function pad(cell: Cell | undefined, width: number): string {
	return typeof cell === 'number' ? show(cell).padStart(width) : show(cell).padEnd(width);
}
