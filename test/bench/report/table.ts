/** A column: its heading, what stands in it, and on which side. */
export interface Column<Row> {
	readonly heading: string;
	readonly cell: (row: Row) => string;
	readonly isText?: boolean;
}

export const text = <Row>(heading: string, cell: (row: Row) => string): Column<Row> => ({
	heading,
	cell,
	isText: true,
});

export const figure = <Row>(heading: string, cell: (row: Row) => string): Column<Row> => ({ heading, cell });

export function table<Row>(rows: readonly Row[], columns: ReadonlyArray<Column<Row>>): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	return [
		line(columns.map(({ heading }) => heading)),
		line(columns.map(({ isText }) => (isText ? '---' : '---:'))),
		...rows.map((row) => line(columns.map(({ cell }) => cell(row)))),
	].join('\n');
}

const KILO = 1_000;
const MEGA = 1_000_000;

export const count = (value: number): string => Math.round(value).toLocaleString('en');
export const seconds = (ms: number): string => {
	const value = ms / KILO;
	return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
};
export const ratio = (value: number): string => `${value.toFixed(2)} ×`;
export const megabytes = (bytes: number): string => (bytes / MEGA).toFixed(bytes < 10 * MEGA ? 1 : 0);
export const milliseconds = (ms: number): string => ms.toFixed(0);
