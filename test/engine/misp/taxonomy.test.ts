import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { listOptions } from '../harness';
import { chosen, credentialOf, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
});
afterAll(async () => await misp.close());

const taxonomy = operating('taxonomy', () => misp);
const upload = 'cytomic-orion:action="upload"';

test('Get gives a taxonomy by namespace or id, with its tags and whether they exist', async () => {
	const run = await taxonomy('get', { taxonomy: chosen('cytomic-orion') });
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([
		{
			id: '34',
			namespace: 'cytomic-orion',
			tags: [{ tag: upload, exists: false }, { tag: 'cytomic-orion:action="delete"' }],
		},
	]);
	const byId = await taxonomy('get', { taxonomy: chosen('34', 'list') });
	expect(byId.json).toEqual(run.json);
});

test('Get says that there is no such taxonomy', async () => {
	const run = await taxonomy('get', { taxonomy: chosen('no-such') });
	expect(run.error?.message).toContain('no taxonomy "no-such"');
});

test('Get Many lists taxonomies by text and by state', async () => {
	const found = await taxonomy('getMany', { returnAll: true, searchText: 'traffic light' });
	expect(found.json).toMatchObject([{ namespace: 'tlp', enabled: false, tag_count: 6 }]);
	const enabled = await taxonomy('getMany', { returnAll: true, only: 'enabled' });
	expect(enabled.json).toEqual([]);
});

test('Enable and Disable switch a taxonomy, once', async () => {
	const on = await taxonomy('enable', { taxonomy: chosen('tlp') });
	expect(on.json).toMatchObject([{ namespace: 'tlp', enabled: true, changed: true }]);
	const again = await taxonomy('enable', { taxonomy: chosen('tlp') });
	expect(again.json).toMatchObject([{ enabled: true, changed: false }]);
	const off = await taxonomy('disable', { taxonomy: chosen('tlp') });
	expect(off.json).toMatchObject([{ enabled: false, changed: true }]);
});

test('Enable tells a key that is no site admin’s what it lacks', async () => {
	const run = await taxonomy('enable', { taxonomy: chosen('PAP') }, { key: 'publisher' });
	expect(run.error?.message).toContain('site admin');
});

test('Enable Tags creates all tags of a taxonomy, and nothing the second time', async () => {
	const run = await taxonomy('enableTags', { taxonomy: chosen('cytomic-orion') });
	expect(run.json).toEqual([
		{
			id: '34',
			namespace: 'cytomic-orion',
			enabled: true,
			tags: [upload, 'cytomic-orion:action="delete"'],
			created: [upload, 'cytomic-orion:action="delete"'],
		},
	]);
	const again = await taxonomy('enableTags', { taxonomy: chosen('cytomic-orion') });
	expect(again.json).toMatchObject([{ created: [] }]);
});

test('Enable Tags creates chosen tags only', async () => {
	const run = await taxonomy('enableTags', {
		taxonomy: chosen('workflow'),
		tags: 'workflow:state="draft"',
		enableTaxonomy: false,
	});
	expect(run.json).toMatchObject([{ enabled: false, created: ['workflow:state="draft"'] }]);
	expect(misp.store.tag('workflow:state="complete"')).toBeUndefined();
});

test('Enable Tags refuses a tag that the taxonomy doesn’t have, of which MISP would say "saved"', async () => {
	const run = await taxonomy('enableTags', { taxonomy: chosen('PAP'), tags: 'PAP:NOPE' });
	expect(run.error?.message).toBe('The taxonomy PAP has no tag PAP:NOPE');
	expect(run.error?.description).toContain('PAP:RED');
});

test('Enable Tags says so where MISP created none', async () => {
	misp.faults.add({
		path: '/taxonomies/addTag',
		times: 1,
		answer: {
			status: 200,
			body: {
				saved: true,
				success: true,
				name: 'The tag(s) has been saved.',
				message: 'The tag(s) has been saved.',
				url: '/taxonomies/addTag',
			},
		},
	});
	const run = await taxonomy('enableTags', { taxonomy: chosen('PAP') });
	expect(run.error?.message).toContain('did not create PAP:RED');
});

test('Update All loads what came with MISP', async () => {
	const run = await taxonomy('updateAll');
	expect(run.json).toEqual([{ updated: false, message: 'All taxonomy libraries are up to date already.' }]);
	const refused = await taxonomy('updateAll', {}, { key: 'user' });
	expect(refused.error?.message).toContain('site admin');
});

test('The list in the editor shows namespaces', async () => {
	const found = await listOptions({
		type: 'misp',
		method: 'searchTaxonomies',
		filter: 'work',
		credentials: credentialOf(misp),
	});
	expect(found.results).toEqual([{ name: 'workflow (disabled)', value: '149' }]);
});
