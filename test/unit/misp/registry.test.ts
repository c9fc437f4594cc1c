import type { INodeProperties } from 'n8n-workflow';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../../../nodes/Misp/actions';
import { Misp } from '../../../nodes/Misp/Misp.node';

/** Resource → operations. Other people's workflows name them: they may grow, but none may go or be called otherwise. */
const contract: Readonly<Record<string, string>> = {
	attribute: 'create get getMany update delete restore export',
	event: 'create get getMany update delete publish unpublish importFreeText export',
	object: 'create get getMany update delete addReference removeReference',
	objectTemplate: 'get getMany updateAll',
	proposal: 'create getMany accept discard',
	sighting: 'create getMany delete',
	tag: 'add remove create getMany update delete',
	taxonomy: 'get getMany enable disable enableTags updateAll',
	galaxy: 'get getMany delete',
	galaxyCluster: 'getMany attach detach',
	warninglist: 'get getMany enable disable check updateAll',
	noticelist: 'get getMany enable disable',
	decayingModel: 'get getMany enable disable',
	feed: 'create get getMany update delete enable disable fetch cache compare loadDefaults',
	eventReport: 'create get getMany update delete',
	organisation: 'create get getMany update delete',
	user: 'create get getMany update delete',
	sharingGroup: 'get getMany',
	server: 'getVersion getSettings getOrionSettings getJobs getWorkers',
	request: 'send',
};

const { description, methods } = new Misp();
const operations = Object.entries(registry).flatMap(([resource, entry]) => Object.keys(entry.operations).map((operation) => [resource, operation] as const));

test.each(Object.entries(contract))('%s has the operations %s', (resource, names) => {
	expect(Object.keys(registry[resource]?.operations ?? {})).toEqual(expect.arrayContaining(names.split(' ')));
});

test.each(operations)('%s: %s has an output schema', (resource, operation) => {
	expect(existsSync(join(__dirname, '../../../nodes/Misp/__schema__/v1.0.0', resource, `${operation}.json`))).toBe(true);
});

test.each(operations)('%s: %s can be undone, or asks before an AI agent runs it', (resource, operation) => {
	const { destructive = false } = registry[resource]?.operations[operation] ?? {};
	expect(destructive || !/^(delete|discard)$/.test(operation)).toBe(true);
});

/** Every property, those inside collections included. */
function* all(properties: readonly INodeProperties[]): Generator<INodeProperties> {
	for (const property of properties) {
		yield property;
		for (const option of property.options ?? []) if ('type' in option && 'displayName' in option) yield* all([option]);
	}
}

test('each list in the editor has a method that fills it', () => {
	const missing = [...all(description.properties)].flatMap(({ name, typeOptions, modes = [] }) => {
		const searches = modes.flatMap((mode) => mode.typeOptions?.searchListMethod ?? []);
		const mapper = typeOptions?.resourceMapper?.resourceMapperMethod;
		return [
			...searches.filter((method) => !Object.hasOwn(methods.listSearch, method)),
			...(typeOptions?.loadOptionsMethod && !Object.hasOwn(methods.loadOptions, typeOptions.loadOptionsMethod) ? [typeOptions.loadOptionsMethod] : []),
			...(mapper && !Object.hasOwn(methods.resourceMapping, mapper) ? [mapper] : []),
		].map((method) => `${name}: ${method}`);
	});
	expect(missing).toEqual([]);
});
