import { startMisp, type MispSandbox } from '../../../sandbox/misp';
import { clientFor, type MispClient } from '../../../sandbox/misp/client';
import type { MispEvent } from '../../../sandbox/misp/model';

const MD5 = '0664bd6d9e2e7d6288111ad96c05fc43';
const UP = 'cytomic-orion:action="upload"';
const FILE_TEMPLATE = '0ad86572-ba38-4baf-9fed-1926e9ecc916';

let misp: MispSandbox;
let admin: MispClient;
let other: MispClient;
let event: MispEvent;

beforeEach(async () => {
	misp = await startMisp({ backgroundJobs: false });
	admin = clientFor(misp);
	other = clientFor(misp, 'otherOrg');
	event = misp.store.addEvent({
		info: 'an event',
		distribution: 1,
		attributes: [
			{ type: 'md5', value: MD5 },
			{ type: 'domain', value: 'evil.example.org' },
		],
	});
});
afterEach(() => misp.close());

/** Status and body, the error text alone where there is one. */
const ask = async (method: string, url: string, data?: unknown, client = admin) => {
	const { status, data: body } = await client.request({ method, url, data });
	return [status, body];
};
const post = (url: string, data: unknown = {}, client = admin) => ask('post', url, data, client);
const get = (url: string, client = admin) => ask('get', url, undefined, client);

describe('objects', () => {
	const file = (
		attributes: object[] = [
			{
				object_relation: 'fileName',
				type: 'filename',
				value: 'evil.exe',
				category: 'Payload delivery',
			},
			{ object_relation: 'fileSize', type: 'size-in-bytes', value: '123', category: 'Other' },
		],
	) => ({
		name: 'cytomic-orion-file',
		'meta-category': 'misc',
		description: 'Cytomic Orion File Detection',
		template_uuid: FILE_TEMPLATE,
		template_version: '7',
		Attribute: attributes,
	});

	test('are added with their attributes, and found in their event', async () => {
		const [status, body] = await post(`/objects/add/${event.uuid}`, { Object: file() });
		expect([
			status,
			body.Object.name,
			body.Object.Attribute.map(({ object_relation, to_ids }: Record<string, unknown>) => [object_relation, to_ids]),
		]).toEqual([
			200,
			'cytomic-orion-file',
			[
				['fileName', true],
				['fileSize', true],
			],
		]);
		const [, { Event: shown }] = await get('/events/view/1');
		expect([shown.Attribute.length, shown.Object[0].Attribute.length, shown.attribute_count]).toEqual([2, 2, '4']);
	});

	test("need a category on every attribute: the first one's is kept for the rest", async () => {
		const bare = [
			{ object_relation: 'fileName', type: 'filename', value: 'evil.exe' },
			{ object_relation: 'classificationName', type: 'text', value: 'Malware' },
			{ object_relation: 'fileSize', type: 'size-in-bytes', value: '123' },
		];
		expect(await post('/objects/add/1', { Object: file(bare) })).toMatchObject([
			403,
			{
				message: 'Could not add object',
				errors:
					'Could not save object as at least one attribute has failed validation (fileSize). {"type":["Options depend on the selected category."]}',
			},
		]);
	});

	test.each<[string, string, () => object, string]>([
		['no attributes', '/objects/add/1/56', () => file([]), 'Could not save the object as no attributes were set.'],
		[
			'an attribute without type',
			'/objects/add/1/56',
			() => file([{ object_relation: 'fileName', value: 'x' }]),
			'Could not save object as at least one attribute has failed validation (fileName). {"type":["No type set."]}',
		],
		[
			'no template',
			'/objects/add/1',
			() => ({ name: 'custom', Attribute: [{ object_relation: 'a', type: 'text', value: 'x' }] }),
			'Object could not be saved.\ntemplate: No valid template found and object lacking template information. (description)',
		],
	])('are refused with %s', async (_what, path, body, errors) => {
		expect(await post(path, body())).toMatchObject([403, { saved: false, errors }]);
	});

	test('may be there twice, unless breakOnDuplicate is in the path', async () => {
		for (let time = 0; time < 2; time++) expect((await post('/objects/add/1/56', file()))[0]).toBe(200);
		const [status, body] = await post('/objects/add/1/56/breakOnDuplicate:1', file());
		expect([status, body.errors]).toEqual([403, expect.stringContaining('Duplicate object found (id: 1, uuid: ')]);
	});

	test('lose the attributes that an edit does not list', async () => {
		const [, { Object: added }] = await post('/objects/add/1/56', file());
		expect((await post('/objects/edit/1', { comment: 'only this' }))[1].Object.Attribute).toHaveLength(2);
		const [first] = added.Attribute;
		expect((await post('/objects/edit/1', { Object: { Attribute: [first] } }))[1].Object.Attribute).toHaveLength(1);
		expect(
			(
				await post('/objects/edit/1', {
					Object: { Attribute: [{ object_relation: 'md5', type: 'md5', value: 'zz' }] },
				})
			)[1].Object.Attribute,
		).toHaveLength(0);
	});

	test("answer a deletion with the event's id, cannot be tagged, and are not found by their own UUID", async () => {
		const [, { Object: added }] = await post('/objects/add/1/56', file());
		expect(await post('/tags/attachTagToObject', { uuid: added.uuid, tag: UP })).toMatchObject([
			404,
			{ message: 'Invalid Target.' },
		]);
		expect((await post('/objects/restSearch', { uuid: added.uuid }))[1].response).toEqual([]);
		expect((await post('/objects/restSearch', { eventid: '1', value: 'evil.exe' }))[1].response).toHaveLength(1);
		expect((await post('/objects/restSearch', { eventid: '1', deleted: [0, 1] }))[0]).toBe(500);
		expect(await post(`/objects/delete/${added.id}`)).toMatchObject([200, { message: 'Object deleted', id: '1' }]);
		expect((await get('/objects/view/1'))[1].Object.deleted).toBe(true);
	});

	test('refer to others of the same event', async () => {
		for (let time = 0; time < 2; time++) await post('/objects/add/1/56', file());
		const target = misp.objects.find(2)?.uuid;
		expect(
			(
				await post('/objectReferences/add/1', {
					referenced_uuid: target,
					relationship_type: 'related-to',
				})
			)[1].ObjectReference,
		).toMatchObject({ referenced_id: '2', referenced_type: '1', relationship_type: 'related-to' });
		expect(await post('/objectReferences/add/1', { relationship_type: 'x' })).toMatchObject([
			404,
			{ message: 'Invalid target.' },
		]);
		expect(await post('/objectReferences/delete/1')).toMatchObject([200, { message: 'ObjectReference deleted' }]);
	});

	test('have templates, updated behind a redirect', async () => {
		expect((await get('/objectTemplates/getRaw/cytomic-orion-file'))[1]).toMatchObject({
			uuid: FILE_TEMPLATE,
			version: 7,
			attributes: { fileName: { 'misp-attribute': 'filename' } },
		});
		expect((await get(`/objectTemplates/view/${FILE_TEMPLATE}`))[1].ObjectTemplateElement).toHaveLength(6);
		expect((await post('/objectTemplates/update'))[0]).toBe(302);
	});
});

describe('sightings', () => {
	test('are added by value, id or UUID, and a failure is a message in a 200', async () => {
		const uuid = misp.store.uuidOf(event.attributes[0] ?? misp.store.addAttribute(event, { type: 'text', value: '' }));
		expect(await post('/sightings/add', { value: MD5, source: 'orion' })).toMatchObject([
			200,
			{ Sighting: { attribute_id: '1', source: 'orion', type: '0' } },
		]);
		expect((await post('/sightings/add/1', { type: '1' }))[1].Sighting.type).toBe('1');
		expect((await post(`/sightings/add/${uuid}`, {}))[1].Sighting.attribute_id).toBe('1');
		expect((await post('/sightings/add', { values: [MD5, 'no-such'] }))[1].Sighting.attribute_id).toBe('1');
		expect(await post('/sightings/add', { value: 'unknown' })).toEqual([
			200,
			{
				message: 'Could not add the Sighting. Reason: No valid attributes found that match the criteria.',
			},
		]);
		expect(await post('/sightings/add/1', { type: '9' })).toEqual([
			200,
			{
				message:
					'Could not add the Sighting. Reason: Invalid type, please change it before you POST 1000000 sightings.',
			},
		]);
	});

	test('are searched by id as a number only, counted as none', async () => {
		await post('/sightings/add/1', { source: 'a' });
		expect(await post('/sightings/restSearch/attribute', { id: '1' })).toMatchObject([
			400,
			{ message: 'Invalid ID `1` provided.' },
		]);
		const { data, headers } = await admin.post('/sightings/restSearch/attribute', {
			id: 1,
			includeAttribute: 1,
			includeEvent: 1,
		});
		expect([data.response[0].Sighting, headers['x-result-count']]).toMatchObject([
			{
				value: MD5,
				Attribute: { type: 'md5' },
				Event: { Orgc: { name: 'ORGNAME' } },
				Organisation: { name: 'ORGNAME' },
			},
			'0',
		]);
		expect((await post('/sightings/restSearch/event', { uuid: event.uuid }))[0]).toBe(500);
	});

	test('are listed by id, and by UUID as none', async () => {
		await post('/sightings/add/1', {});
		expect((await get('/sightings/listSightings/1'))[1]).toHaveLength(1);
		expect((await get(`/sightings/listSightings/${event.uuid}/attribute`))[1]).toEqual([]);
		expect(await ask('delete', '/sightings/delete/1')).toMatchObject([
			405,
			{ message: 'This action can only be accessed via a post request.' },
		]);
		expect(await post('/sightings/delete/1')).toMatchObject([
			200,
			{ message: 'Sighting successfully deleted.', id: '1' },
		]);
	});

	test('come with attributes when asked for', async () => {
		await post('/sightings/add/1', { source: 'a' });
		const [, { response }] = await post('/attributes/restSearch', {
			eventid: 1,
			includeSightings: 1,
		});
		expect(response.Attribute.map(({ Sighting }: { Sighting: unknown[] }) => Sighting.length)).toEqual([1, 0]);
	});
});

describe('proposals', () => {
	test('of new attributes are accepted or discarded', async () => {
		expect(
			(await post('/shadow_attributes/add/1', { type: 'domain', value: 'prop.example.org' }, other))[1].ShadowAttribute,
		).toMatchObject({ old_id: '0', email: 'other@admin.test' });
		expect((await get('/shadow_attributes/index/1'))[1]).toHaveLength(1);
		expect((await post('/shadow_attributes/accept/1', {}, other))[0]).toBe(302);
		expect(await post('/shadow_attributes/accept/1')).toMatchObject([200, { message: 'Proposal accepted.' }]);
		expect(await post('/shadow_attributes/accept/1')).toMatchObject([
			405,
			{ message: 'Proposal not found or you are not authorised to accept it.' },
		]);
		expect(event.attributes.map(({ value }) => value)).toContain('prop.example.org');
		expect((await post('/shadow_attributes/discard/99'))[0]).toBe(500);
	});

	test('change or delete an attribute', async () => {
		expect(
			(await post('/shadow_attributes/edit/1', { to_ids: false, comment: 'please' }, other))[1].ShadowAttribute,
		).toMatchObject({ old_id: '1', to_ids: false });
		expect((await get('/events/view/1'))[1].Event.Attribute[0].ShadowAttribute).toMatchObject([{ comment: 'please' }]);
		expect(await post('/shadow_attributes/accept/1')).toMatchObject([200, { message: 'Proposed change accepted.' }]);
		expect(event.attributes[0]).toMatchObject({ toIds: false, comment: 'please' });
		expect((await post('/shadow_attributes/delete/2', {}, other))[1].saved).toBe(true);
		await post('/shadow_attributes/accept/2');
		expect(event.attributes[1]?.deleted).toBe(true);
	});

	test('of nonsense are refused in odd ways', async () => {
		expect(await post('/shadow_attributes/add/1', { type: 'nosuch', value: 'z' }, other)).toMatchObject([500, {}]);
		expect(await post('/shadow_attributes/add/1', { type: 'md5', value: 'zz' }, other)).toMatchObject([
			404,
			{ message: expect.stringContaining('[value]: Checksum has an invalid length') },
		]);
	});
});

describe('taxonomies', () => {
	test('are enabled, and their tags made', async () => {
		expect(
			(await get('/taxonomies/view/34'))[1].entries.map(
				({ tag, existing_tag }: { tag: string; existing_tag: unknown }) => [tag, existing_tag],
			),
		).toEqual([
			[UP, false],
			['cytomic-orion:action="delete"', false],
		]);
		expect(await post('/taxonomies/enable/34')).toMatchObject([200, { message: 'Taxonomy enabled', id: '34' }]);
		expect(await post('/taxonomies/addTag/34')).toMatchObject([200, { message: 'The tag(s) has been saved.' }]);
		expect((await get('/taxonomies/index/enabled:1'))[1]).toMatchObject([
			{ Taxonomy: { namespace: 'cytomic-orion' }, total_count: 2, current_count: 2 },
		]);
		expect(misp.store.tag(UP)?.colour).toBe('#006299');
	});

	test('by namespace are not found, and want their wrapper', async () => {
		expect((await get('/taxonomies/view/PAP'))[0]).toBe(404);
		expect((await get('/taxonomies/enable/34'))[0]).toBe(405);
		expect(await post('/taxonomies/enable/99999')).toMatchObject([403, { errors: 'Invalid taxonomy.' }]);
		expect(await post('/taxonomies/addTag', { taxonomy_id: '5', name: 'PAP:RED' })).toMatchObject([403, {}]);
		expect((await post('/taxonomies/addTag', { Taxonomy: { taxonomy_id: '5', name: 'PAP:RED' } }))[0]).toBe(200);
		expect((await post('/taxonomies/toggleRequired/5', { required: 1 }))[0]).toBe(500);
		expect(await post('/taxonomies/update')).toMatchObject([
			200,
			{ message: 'All taxonomy libraries are up to date already.' },
		]);
	});

	test('are imported', async () => {
		const [, body] = await post('/taxonomies/import', {
			namespace: 'moretax',
			description: 'd',
			version: 1,
			predicates: [{ value: 'p1', expanded: 'P one' }, { value: 'p2' }],
			values: [{ predicate: 'p1', entry: [{ value: 'v1', expanded: 'V one' }] }],
		});
		expect(body.entries.map(({ tag, expanded }: Record<string, unknown>) => [tag, expanded])).toEqual([
			['moretax:p1="v1"', 'P one: V one'],
			['moretax:p2', 'p2'],
		]);
	});
});

describe('galaxies', () => {
	test('attach clusters by number in a wrapper, as tags', async () => {
		expect(await post('/galaxies/attachCluster/1/event/local:1', { Galaxy: { target_id: 1 } })).toEqual([
			200,
			{ saved: true, success: 'Cluster attached.', check_publish: true },
		]);
		expect((await post('/galaxies/attachCluster/1/event', { Galaxy: { target_id: 1 } }))[1].success).toBe(
			'Cluster already attached.',
		);
		expect((await get('/events/view/1'))[1].Event).toMatchObject({
			Galaxy: [{ name: 'Threat Actor', GalaxyCluster: [{ value: 'APT28', local: true }] }],
			Tag: [{ name: 'misp-galaxy:threat-actor="APT28"', is_galaxy: true }],
		});
		expect(await post('/galaxies/attachCluster/1/event', { target_id: 1 })).toMatchObject([
			404,
			{ message: 'Invalid Galaxy cluster' },
		]);
		expect(
			(await post(`/galaxy_clusters/detach/1/event/${misp.store.tag('misp-galaxy:threat-actor="APT28"')?.id}`))[0],
		).toBe(302);
		expect(event.tags).toEqual([]);
	});

	test('find clusters by id, UUID and galaxy, but not by value', async () => {
		expect((await post('/galaxy_clusters/restSearch', { id: '2' }))[1].response).toMatchObject([
			{ GalaxyCluster: { value: 'APT29' } },
		]);
		expect((await post('/galaxy_clusters/restSearch', { value: 'APT29' }))[1].response).toHaveLength(3);
		expect((await get('/galaxies/view/1'))[1].GalaxyCluster).toHaveLength(3);
		expect(await post('/galaxies/delete/1')).toMatchObject([200, { message: 'Galaxy deleted' }]);
	});
});

describe('warninglists', () => {
	test('say which of some values they hold', async () => {
		expect(await post('/warninglists/checkValue', ['8.8.8.8', '1.2.3.4', '10.0.0.1'])).toEqual([
			200,
			{
				'8.8.8.8': [{ id: '58', name: 'List of known IPv4 public DNS resolvers', matched: '8.8.8.8/32' }],
				'10.0.0.1': [{ id: '63', name: 'List of RFC 5735 CIDR blocks', matched: '10.0.0.0/8' }],
			},
		]);
		expect(await post('/warninglists/checkValue', ['nowhere.example'])).toEqual([200, []]);
		expect(await post('/warninglists/checkValue', [])).toMatchObject([404, { message: 'No valid data received.' }]);
	});

	test('are turned on and off by id or name', async () => {
		expect(
			await post('/warninglists/toggleEnable', {
				name: ['%RFC 5735%', '%public DNS resolvers%'],
				enabled: 0,
			}),
		).toEqual([200, { saved: true, success: '3 warninglist(s) disabled' }]);
		expect(await post('/warninglists/checkValue', ['8.8.8.8'])).toEqual([200, []]);
		expect((await post('/warninglists/toggleEnable', { id: '58' }))[1].success).toBe('1 warninglist(s) enabled');
		expect(await post('/warninglists/toggleEnable', { id: [99_999] })).toEqual([
			200,
			{ saved: false, errors: 'Warninglist(s) not found.' },
		]);
		expect((await post('/warninglists/enableWarninglist/63/1'))[0]).toBe(302);
		expect(
			(await get('/warninglists/index/enabled:1'))[1].Warninglists.map(
				({ Warninglist }: { Warninglist: { id: string } }) => Warninglist.id,
			),
		).toEqual(['80', '63', '58', '12']);
	});

	test("of one's own are added and searched with", async () => {
		expect(
			(
				await post('/warninglists/add', {
					name: 'own',
					description: 'd',
					type: 'hostname',
					category: 'false_positive',
					entries: 'example.org # why',
					matching_attributes: ['domain'],
				})
			)[1].Warninglist,
		).toMatchObject({ enabled: false, default: false });
		await post('/warninglists/toggleEnable', { name: ['own'], enabled: 1 });
		const { headers } = await admin.post('/attributes/restSearch', {
			eventid: 1,
			enforceWarninglist: 1,
		});
		expect(headers['x-skipped-elements-count']).toBe('1');
		expect(
			(
				await post('/warninglists/add', {
					name: 'x',
					type: 'cidr',
					category: 'false_positive',
					entries: 'no',
				})
			)[1].errors,
		).toEqual({ entries: ['`no` is not valid CIDR'] });
	});
});

describe('decay', () => {
	const scored = (body: object) => admin.post('/attributes/restSearch', { eventid: 1, includeDecayScore: 1, ...body });

	test('has a score only for a model asked for by number', async () => {
		for (const decayingModel of [undefined, 'Phishing model', 9999])
			expect((await scored({ decayingModel })).data.response.Attribute[0].decay_score).toBeUndefined();
		expect((await scored({ decayingModel: ['1'] })).data.response.Attribute[0].decay_score).toMatchObject([
			{
				base_score: 80,
				decayed: false,
				DecayingModel: { id: '1', name: 'NIDS Simple Decaying Model' },
			},
		]);
	});

	test('leaves out and counts what has decayed', async () => {
		const first = event.attributes[0];
		if (first) first.timestamp = 1_700_000_000;
		const { data, headers } = await scored({ decayingModel: 1, excludeDecayed: 1 });
		expect([data.response.Attribute.length, headers['x-skipped-elements-count']]).toEqual([1, '1']);
	});

	test('models are enabled and disabled', async () => {
		expect(await post('/decayingModel/enable/1')).toMatchObject([
			200,
			{ message: 'Decaying model enabled', data: { DecayingModel: { enabled: false } } },
		]);
		expect((await get('/decayingModel/view/1'))[1].DecayingModel.enabled).toBe(true);
		expect((await get('/decayingModel/enable/1'))[0]).toBe(500);
	});
});

describe('reports, notice lists, sharing groups', () => {
	test('a report is added to an event by its number only', async () => {
		expect((await post('/eventReports/add/1', { name: 'rep', content: '# Title' }))[1]).toMatchObject({
			EventReport: { id: '1', name: 'rep', distribution: '5' },
			Event: { info: 'an event' },
		});
		expect(await post(`/eventReports/add/${event.uuid}`, { name: 'rep' })).toMatchObject([403, { errors: 'numeric' }]);
		expect((await get('/events/view/1'))[1].Event.EventReport).toHaveLength(1);
		expect(await post('/eventReports/delete/1')).toMatchObject([200, { message: 'Event Report 1 soft deleted' }]);
		expect((await get('/eventReports/index/context:deleted'))[1]).toHaveLength(1);
	});

	test('a notice list is toggled', async () => {
		expect(await post('/noticelists/toggleEnable/1')).toMatchObject([200, { message: 'Noticelist enabled.' }]);
		expect((await get('/noticelists/index'))[1][0].Noticelist.enabled).toBe(true);
		expect((await post('/noticelists/toggleEnable/9'))[0]).toBe(500);
	});

	test('a sharing group has members', async () => {
		expect((await post('/sharing_groups/add', { name: 'SG', releasability: 'r' }))[1].SharingGroup.name).toBe('SG');
		expect((await post('/sharing_groups/addOrg/1/2'))[1].message).toBe('Organisation added to the sharing group.');
		expect((await post('/sharing_groups/addOrg/1/2'))[0]).toBe(403);
		expect((await get('/sharing_groups/index'))[1].response[0].SharingGroup.org_count).toBe('1');
		expect(await get('/sharing_groups/view/9')).toMatchObject([405, {}]);
	});
});

describe('organisations and users', () => {
	test('organisations are listed, added, changed and deleted', async () => {
		expect(
			(await get('/organisations/index'))[1].map(
				({ Organisation }: { Organisation: { name: string; user_count: string } }) => [
					Organisation.name,
					Organisation.user_count,
				],
			),
		).toEqual([
			['ORGNAME', '4'],
			['OtherOrg', '1'],
		]);
		const [, { Organisation: added }] = await post('/admin/organisations/add', {
			name: 'More',
			nationality: 'Spain',
		});
		expect(await post('/admin/organisations/add', { name: 'More' })).toMatchObject([
			403,
			{ errors: { name: ['An organisation with this name already exists.'] } },
		]);
		expect(
			(await post(`/admin/organisations/edit/${added.id}`, { description: 'ed' }))[1].Organisation.description,
		).toBe('ed');
		expect(await post(`/admin/organisations/delete/${added.id}`)).toMatchObject([
			200,
			{ message: 'Organisation deleted' },
		]);
		expect(await post('/admin/organisations/delete/1')).toMatchObject([403, { errors: [] }]);
	});

	test('users are added with a key, and only for admins', async () => {
		const [, { User: user }] = await post('/admin/users/add', {
			email: 'new@admin.test',
			org_id: '1',
			role_id: '6',
		});
		expect(
			(
				await clientFor(misp, 'none').get('/users/view/me', {
					headers: { Authorization: user.authkey },
				})
			).data,
		).toMatchObject({
			User: { email: 'new@admin.test' },
			Role: { name: 'Read Only', perm_add: false },
			Organisation: { name: 'ORGNAME' },
		});
		expect(await post('/admin/users/add', { email: 'nope' })).toMatchObject([
			403,
			{ errors: { email: ['Please enter a valid email address.'] } },
		]);
		expect((await get('/admin/users/index', clientFor(misp, 'publisher')))[0]).toBe(403);
		expect(await post(`/admin/users/delete/${user.id}`)).toMatchObject([200, { message: 'User deleted.' }]);
	});
});

describe('the server', () => {
	test("tells the cytomic_orion module's settings, to site admins", async () => {
		misp.settings.set('Plugin.Enrichment_cytomic_orion_upload_tag', UP);
		const [, { finalSettings }] = await get('/servers/serverSettings.json');
		const orion = finalSettings.filter(({ setting }: { setting: string }) =>
			setting.startsWith('Plugin.Enrichment_cytomic_orion_'),
		);
		expect(orion.length).toBeGreaterThan(10);
		expect(orion).toContainEqual(
			expect.objectContaining({
				setting: 'Plugin.Enrichment_cytomic_orion_upload_tag',
				value: UP,
				errorMessage: null,
			}),
		);
		expect((await get('/servers/serverSettings.json', clientFor(misp, 'readOnly')))[0]).toBe(403);
		expect(await get('/servers/getSetting/MISP.nosuch')).toMatchObject([
			404,
			{ message: 'Setting MISP.nosuch is invalid.' },
		]);
		expect(await get('/servers/getSetting/Security.salt')).toMatchObject([
			403,
			{ message: 'This setting is redacted.' },
		]);
		expect((await get('/servers/getWorkers'))[1]).toEqual(['Background jobs not enabled']);
	});

	test('goes into maintenance, and says that it could not', async () => {
		expect(await post('/servers/serverSettingsEdit/MISP.live', { value: 0 })).toMatchObject([
			403,
			{ errors: 'MISP disabled.' },
		]);
		expect((await get('/servers/getVersion', clientFor(misp, 'readOnly')))[0]).toBe(302);
		expect(await post('/servers/serverSettingsEdit/MISP.live', { value: 1 })).toMatchObject([
			200,
			{ message: 'Field updated' },
		]);
	});

	test('describes its types', async () => {
		const [, { result }] = await get('/attributes/describeTypes.json');
		expect([
			result.types.length,
			result.sane_defaults.md5,
			result.category_type_mappings['Network activity'].includes('ip-dst'),
		]).toEqual([191, { default_category: 'Payload delivery', to_ids: 1 }, true]);
	});

	test("keeps a log, of everyone for site admins, else one's own", async () => {
		await post('/tags/attachTagToObject', { uuid: event.uuid, tag: UP });
		expect((await post('/admin/logs/index', { title: '%successfully attached%' }))[1]).toMatchObject([
			{ Log: { action: 'attachTagToObject', email: 'admin@admin.test' } },
		]);
		expect((await get('/logs/index', clientFor(misp, 'user')))[1]).toEqual([]);
	});

	test('lists events by page, from the path or the body but not the query', async () => {
		misp.store.addEvent({ info: 'second' });
		const index = async (method: string, url: string, data?: object) => {
			const { data: rows, headers } = await admin.request({ method, url, data });
			return [rows.length, headers['x-result-count']];
		};
		expect([
			await index('get', '/events/index?limit=1'),
			await index('get', '/events/index/limit:1'),
			await index('post', '/events/index', { limit: 1 }),
		]).toEqual([
			[2, '2'],
			[1, '2'],
			[1, '2'],
		]);
		expect((await post('/events/index', { minimal: 1, eventinfo: 'second' }))[1]).toMatchObject([
			{ id: '2', orgc_uuid: expect.any(String) },
		]);
	});
});
