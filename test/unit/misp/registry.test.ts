import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../../../nodes/Misp/actions';
import { Misp } from '../../../nodes/Misp/Misp.node';

/** What the node is to offer. The names are what workflows hold: none may go or change. */
const contract: Record<string, string[]> = {
	attribute: ['create', 'delete', 'export', 'get', 'getMany', 'restore', 'update'],
	decayingModel: ['disable', 'enable', 'get', 'getMany'],
	event: ['create', 'delete', 'export', 'get', 'getMany', 'importFreeText', 'publish', 'unpublish', 'update'],
	eventReport: ['create', 'delete', 'get', 'getMany', 'update'],
	feed: [
		'cache',
		'compare',
		'create',
		'delete',
		'disable',
		'enable',
		'fetch',
		'get',
		'getMany',
		'loadDefaults',
		'update',
	],
	galaxy: ['delete', 'get', 'getMany'],
	galaxyCluster: ['attach', 'detach', 'getMany'],
	noticelist: ['disable', 'enable', 'get', 'getMany'],
	object: ['addReference', 'create', 'delete', 'get', 'getMany', 'removeReference', 'update'],
	objectTemplate: ['get', 'getMany', 'updateAll'],
	organisation: ['create', 'delete', 'get', 'getMany', 'update'],
	proposal: ['accept', 'create', 'discard', 'getMany'],
	request: ['send'],
	server: ['getJobs', 'getOrionSettings', 'getSettings', 'getVersion', 'getWorkers'],
	sharingGroup: ['get', 'getMany'],
	sighting: ['create', 'delete', 'getMany'],
	tag: ['add', 'create', 'delete', 'getMany', 'remove', 'update'],
	taxonomy: ['disable', 'enable', 'enableTags', 'get', 'getMany', 'updateAll'],
	user: ['create', 'delete', 'get', 'getMany', 'update'],
	warninglist: ['check', 'disable', 'enable', 'get', 'getMany', 'updateAll'],
};

/** Offered beyond that. */
const beyond: Record<string, string[]> = { attribute: ['findSame'] };

const offered = Object.entries(registry).flatMap(([resource, { operations }]) =>
	Object.entries(operations).map(([name, operation]) => ({ resource, name, operation })),
);
const schemas = join(__dirname, '../../../nodes/Misp/__schema__/v1.0.0');

test('every resource of the contract is there, and no other', () => {
	expect(Object.keys(registry).sort()).toEqual(Object.keys(contract).sort());
});

test.each(Object.entries(contract))('%s offers what the contract has', (resource, operations) => {
	expect(Object.keys(registry[resource]?.operations ?? {}).sort()).toEqual(
		[...operations, ...(beyond[resource] ?? [])].sort(),
	);
});

test.each(offered.map(({ resource, name }) => `${resource}/${name}`))('%s says what comes out of it', (path) => {
	const file = join(schemas, `${path}.json`);
	expect(existsSync(file)).toBe(true);
	const schema: unknown = JSON.parse(readFileSync(file, 'utf8'));
	expect(schema).toMatchObject({ type: 'object', version: 1 });
});

test('there is no schema of an operation that is not', () => {
	const found = readdirSync(schemas).flatMap((resource) =>
		readdirSync(join(schemas, resource)).map((file) => `${resource}/${file.replace(/\.json$/, '')}`),
	);
	expect(found.filter((path) => !offered.some(({ resource, name }) => `${resource}/${name}` === path))).toEqual([]);
});

test('what deletes is marked, so that an AI agent needs leave for it', () => {
	const deleting = offered.filter(({ name }) => name === 'delete');
	expect(deleting.length).toBeGreaterThan(0);
	expect(deleting.filter(({ operation }) => operation.destructive !== true).map(({ resource }) => resource)).toEqual(
		[],
	);
});

test('every list and drop-down that a field asks for is there', () => {
	const { description, methods } = new Misp();
	const text = JSON.stringify(description.properties);
	const named = (key: string) => [
		...new Set([...text.matchAll(new RegExp(`"${key}":"(\\w+)"`, 'g'))].map(([, name]) => name ?? '')),
	];
	expect(named('searchListMethod').filter((name) => !(name in methods.listSearch))).toEqual([]);
	expect(named('loadOptionsMethod').filter((name) => !(name in methods.loadOptions))).toEqual([]);
});

test('no two operations of a resource are called alike', () => {
	for (const { operations } of Object.values(registry)) {
		const names = Object.values(operations).map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	}
});
