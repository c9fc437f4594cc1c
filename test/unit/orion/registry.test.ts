import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../../../nodes/CytomicOrion/actions';

/** What the node is to offer. The names are what workflows hold: none may go or change. */
const contract: Record<string, string[]> = {
	computer: ['findByName', 'get', 'isolate', 'reboot', 'stopIsolating'],
	dataLake: ['query'],
	file: ['get', 'getComputers', 'getMispObjects'],
	indicator: ['getMany'],
	ioc: ['delete', 'get', 'import', 'searchRetrospectively'],
	osquery: ['getStatus', 'run'],
	request: ['send'],
};

/** What cannot be undone, so that an AI agent needs leave for it. */
const needLeave = ['computer/isolate', 'computer/reboot', 'computer/stopIsolating', 'ioc/delete', 'request/send'];

/** What the vendor's public page does not have has to say so. */
const undocumented = [
	'ioc/get',
	'ioc/searchRetrospectively',
	'file/getComputers',
	'computer/get',
	'computer/findByName',
	'dataLake/query',
	'osquery/getStatus',
];

const offered = Object.entries(registry).flatMap(([resource, { operations }]) =>
	Object.entries(operations).map(([name, operation]) => ({ path: `${resource}/${name}`, operation })),
);
const schemas = join(__dirname, '../../../nodes/CytomicOrion/__schema__/v1.0.0');

test('every resource of the contract is there, with its operations, and no other', () => {
	const found = Object.fromEntries(
		Object.entries(registry).map(([resource, { operations }]) => [resource, Object.keys(operations).sort()]),
	);
	expect(found).toEqual(contract);
});

test.each(offered.map(({ path }) => path))('%s says what comes out of it', (path) => {
	expect(JSON.parse(readFileSync(join(schemas, `${path}.json`), 'utf8'))).toMatchObject({ type: 'object', version: 1 });
});

test('the trigger says what comes out of it', () => {
	expect(existsSync(join(schemas, 'output.json'))).toBe(true);
});

test('there is no schema of an operation that is not', () => {
	const resources = readdirSync(schemas, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	const found = resources.flatMap(({ name }) =>
		readdirSync(join(schemas, name)).map((file) => `${name}/${file.replace(/\.json$/, '')}`),
	);
	expect(found.sort()).toEqual(offered.map(({ path }) => path).sort());
});

test('what cannot be undone needs leave for AI agents, and nothing else does', () => {
	expect(
		offered
			.filter(({ operation }) => operation.destructive === true)
			.map(({ path }) => path)
			.sort(),
	).toEqual(needLeave);
});

test.each(undocumented)('%s says that the vendor does not document it', (path) => {
	expect(offered.find((one) => one.path === path)?.operation.description).toMatch(/not documented by the vendor/i);
});
