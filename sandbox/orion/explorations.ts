import type { FastifyInstance } from 'fastify';
import { ApiError } from './answers';
import type { Orion } from './context';
import { text } from './json';
import { demand } from './permissions';

type Row = Record<string, unknown>;

interface Select {
	columns: string[] | 'all';
	table: string;
	where: Array<{ column: string; value: string }>;
	limit: number;
}

const SELECT =
	/^\s*select\s+(?<columns>\*|[\w\s,]+?)\s+from\s+(?<table>\w+)(?:\s+where\s+(?<where>.+?))?(?:\s+limit\s+(?<limit>\d+))?\s*;?\s*$/is;
const EQUALS = /^\s*(?<column>\w+)\s*=\s*(?:'(?<text>(?:[^']|'')*)'|(?<number>-?\d+(?:\.\d+)?))\s*$/;

/** The small part of SQL that the sandbox knows: columns, one table, equalities joined by AND, a limit. */
function parse(sql: string): Select | undefined {
	const parts = SELECT.exec(sql)?.groups;
	if (!parts?.columns || !parts.table) return undefined;
	const where: Select['where'] = [];
	for (const condition of parts.where?.split(/\s+and\s+/i) ?? []) {
		const equality = EQUALS.exec(condition)?.groups;
		if (!equality?.column) return undefined;
		where.push({
			column: equality.column,
			value: equality.number ?? (equality.text ?? '').replaceAll("''", "'"),
		});
	}
	return {
		columns: parts.columns === '*' ? 'all' : parts.columns.split(',').map((column) => column.trim()),
		table: parts.table,
		where,
		limit: parts.limit === undefined ? Infinity : Number(parts.limit),
	};
}

function pick(row: Row, columns: Select['columns']): Row {
	if (columns === 'all') return row;
	return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}

/** Seen in others' code only: `{"sql": …}` in, an array of rows out. */
export function explorationRoutes(api: FastifyInstance, orion: Orion): void {
	api.post('/applications/explorations', (request) => {
		demand(orion.permissions, 'advancedQueries');
		const sql = text(request.body, 'sql');
		if (!sql) throw new ApiError(400, "The body must hold the query in 'sql'.");
		const select = parse(sql);
		if (!select)
			throw new ApiError(
				400,
				'The query is not valid SQL (the sandbox knows SELECT … FROM … WHERE a = b AND … LIMIT n).',
			);
		const name = [...orion.tables.keys()].find((table) => table.toLowerCase() === select.table.toLowerCase());
		if (name === undefined) throw new ApiError(400, `There is no table '${select.table}'.`);
		return (orion.tables.get(name) ?? [])
			.filter((row) => select.where.every(({ column, value }) => String(row[column] ?? '') === value))
			.slice(0, select.limit)
			.map((row) => pick(row, select.columns));
	});
}
