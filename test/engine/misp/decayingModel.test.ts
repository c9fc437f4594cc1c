import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { chosen, operating } from './onMisp';

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
	misp.decaying.add({
		name: 'Own model',
		description: 'Simple model to lose its score in days',
		formula: 'polynomial',
		version: '1',
		enabled: false,
		isDefault: false,
		allOrgs: true,
		ref: [],
		org: misp.store.hostOrg,
		attributeTypes: ['url', 'domain'],
		parameters: {
			lifetime: 3,
			decay_speed: 2.3,
			threshold: 30,
			default_base_score: 80,
			base_score_config: [],
			settings: [],
		},
	});
});
afterAll(async () => await misp.close());

const model = operating('decayingModel', () => misp);
const phishing = chosen('Own model');

test('Get gives a model with its parameters', async () => {
	const run = await model('get', { decayingModel: phishing });
	expect(run.error).toBeUndefined();
	expect(run.json).toMatchObject([
		{ name: 'Own model', enabled: false, lifetime: 3, threshold: 30, attribute_types: ['url', 'domain'] },
	]);
	const whole = await model('get', { decayingModel: phishing, simple: false });
	expect(whole.json).toMatchObject([{ parameters: { default_base_score: 80 }, all_orgs: true }]);
});

test('Get says that there is no such model', async () => {
	const run = await model('get', { decayingModel: chosen('nope') });
	expect(run.error?.message).toContain('no decaying model "nope"');
});

test('Get Many lists models by text and by state', async () => {
	expect((await model('getMany', { returnAll: true, searchText: 'OWN', only: 'disabled' })).json).toHaveLength(1);
	expect((await model('getMany', { returnAll: true, searchText: 'OWN', only: 'enabled' })).json).toEqual([]);
});

test('Enable and Disable switch a model, once', async () => {
	expect((await model('enable', { decayingModel: phishing })).json).toMatchObject([
		{ name: 'Own model', enabled: true, changed: true },
	]);
	expect((await model('enable', { decayingModel: phishing })).json).toMatchObject([{ changed: false }]);
	expect((await model('disable', { decayingModel: phishing })).json).toMatchObject([{ enabled: false, changed: true }]);
});

test('Enable tells a key without the permission what it lacks', async () => {
	const run = await model('enable', { decayingModel: phishing }, { key: 'readOnly' });
	expect(run.error?.message).toContain('decaying');
});
