import type { WorkflowDefinition } from '../engine/harness';
import { runWorkflow } from '../engine/harness';
import { md5, startWorld, tags, tagsOf, template } from './world';
import type { World } from './world';

const DAY = 86_400_000;

let world: World;
beforeEach(async () => {
	world = await startWorld();
});
afterEach(async () => await world.close());

type MispEvent = ReturnType<World['misp']['store']['addEvent']>;

const run = async (name: string, edit?: (workflow: WorkflowDefinition) => void) =>
	await runWorkflow(template(name), { credentials: world.credentials, ...(edit && { edit }) });
const refresh = async (edit?: (workflow: WorkflowDefinition) => void) => await run('refresh-iocs', edit);

/** Changes values in Settings, as a person would in the editor. */
const withSettings = (values: Record<string, string | number>) => (workflow: WorkflowDefinition) => {
	const settings = workflow.nodes.find(({ name }) => name === 'Settings');
	const { assignments } = JSON.parse(JSON.stringify(settings?.parameters));
	for (const one of assignments.assignments)
		if (one.name in values) Object.assign(one, { value: values[one.name], type: typeof values[one.name] });
	if (settings) settings.parameters = { ...settings.parameters, assignments };
};

const attribute = (text: string) => ({ type: 'md5', value: md5(text), to_ids: true });

/** An event that is in Orion, with one IOC for each text. */
function uploaded(info: string, texts: string[], more: object = {}): MispEvent {
	for (const text of texts)
		world.orion.iocs.put('filehashioc', {
			value: md5(text),
			daysToExpiration: 365,
			additionalData: '',
			source: 'MISP',
			policy: 'Detect',
			description: '',
		});
	return world.misp.store.addEvent({
		info,
		published: true,
		tags: [{ name: tags.uploaded, local: true }],
		attributes: texts.map(attribute),
		...more,
	});
}

const mark = (event: MispEvent, name: string) =>
	world.misp.store.attach({ kind: 'event', event }, world.misp.store.addTag(name), true);
const renewedMarks = (event: MispEvent) => tagsOf(event).filter((name) => name.startsWith('cytomic-orion:renewed='));
const isActive = (text: string) => world.orion.iocs.get(`filehashioc:${md5(text)}`)?.active ?? false;
const daysLeft = (text: string) =>
	Math.round(
		((world.orion.iocs.get(`filehashioc:${md5(text)}`)?.expiresAt ?? Number.NaN) - world.orion.clock.now()) / DAY,
	);

test('what MISP still wants lives on past its first time to live, and the event is marked as renewed', async () => {
	const event = uploaded('Campaign', ['a', 'b']);
	world.orion.clock.advance(300 * DAY);
	const result = await refresh();
	expect(result.error).toBeUndefined();
	expect([daysLeft('a'), daysLeft('b')]).toEqual([365, 365]);
	world.orion.clock.advance(100 * DAY);
	expect(isActive('a')).toBe(true);
	expect(renewedMarks(event)).toHaveLength(1);
	expect(tagsOf(event)).toContain(tags.uploaded);
	expect(event.published).toBe(true);
	expect(result.node('Renewal totals')[0]?.json).toMatchObject({ sum_imported: 2, sum_open: 0 });
});

test('a second run in the same period costs one search and sends nothing', async () => {
	uploaded('Campaign', ['a']);
	await refresh();
	world.misp.requests.length = 0;
	world.orion.requests.length = 0;
	expect((await refresh()).error).toBeUndefined();
	expect(world.misp.requests.map(({ path }) => path)).toEqual(['/events/restSearch']);
	expect(world.orion.requests).toHaveLength(0);
});

test('in the next period it is renewed again, and carries one mark, the new one', async () => {
	const event = uploaded('Campaign', ['a']);
	mark(event, 'cytomic-orion:renewed="2020-01-01"');
	world.orion.clock.advance(90 * DAY);
	expect((await refresh()).error).toBeUndefined();
	expect(daysLeft('a')).toBe(365);
	expect(renewedMarks(event)).toHaveLength(1);
	expect(renewedMarks(event)).not.toContain('cytomic-orion:renewed="2020-01-01"');
});

test('what is no longer wanted is left to run out, and what other workflows are about to do is left to them', async () => {
	const { store } = world.misp;
	const mixed = uploaded('Mixed', ['stays', 'off', 'gone', 'marked']);
	const [, off, gone, marked] = mixed.attributes;
	if (!off || !gone || !marked) throw new Error('no attributes');
	off.toIds = false;
	gone.deleted = true;
	store.attach({ kind: 'attribute', attribute: marked }, store.addTag(tags.notUploaded), true);
	uploaded('Draft', ['draft'], { published: false });
	mark(uploaded('To be deleted', ['delete']), tags.delete);
	mark(uploaded('Changed', ['changed']), tags.upload);
	store.addEvent({ info: 'Never uploaded', published: true, attributes: [attribute('never')] });
	world.orion.clock.advance(300 * DAY);
	expect((await refresh()).error).toBeUndefined();
	expect(['stays', 'off', 'gone', 'marked', 'draft', 'delete', 'changed'].map(daysLeft)).toEqual([
		365,
		...Array.from({ length: 6 }, () => 65),
	]);
	expect(world.orion.iocs.has(`filehashioc:${md5('never')}`)).toBe(false);
});

test('an attribute that was uploaded by itself is renewed without the rest of its event', async () => {
	const event = world.misp.store.addEvent({
		info: 'By attribute',
		published: true,
		attributes: [{ ...attribute('one'), tags: [{ name: tags.uploaded, local: true }] }, attribute('other')],
	});
	expect((await refresh()).error).toBeUndefined();
	expect([...world.orion.iocs.keys()]).toEqual([`filehashioc:${md5('one')}`]);
	expect(renewedMarks(event)).toHaveLength(1);
});

test('while Orion is down the run is red and nothing is marked; the next run renews', async () => {
	const event = uploaded('Later', ['later']);
	world.orion.clock.advance(300 * DAY);
	world.orion.faults.add({ path: /iocs/, answer: { status: 503, body: '', headers: { 'retry-after': '0' } } });
	const down = await refresh();
	expect(down.error).toMatchObject({ node: 'Send IOCs again', message: expect.stringContaining('not available') });
	expect(renewedMarks(event)).toEqual([]);
	world.orion.faults.clear();
	expect((await refresh()).error).toBeUndefined();
	expect(daysLeft('later')).toBe(365);
	expect(renewedMarks(event)).toHaveLength(1);
});

test('a run that breaks off midway is taken up by the next: what was renewed is not sent again', async () => {
	const texts = Array.from({ length: 45 }, (_, n) => `event ${n}`);
	const events = texts.map((text) => uploaded(text, [text]));
	world.orion.clock.advance(300 * DAY);
	// The second slice meets an Orion that refuses the credential.
	world.orion.faults.add({ path: /iocs\//, after: 1, answer: { status: 403, body: 'no' } });
	const broken = await refresh();
	expect(broken.success).toBe(false);
	const done = events.filter((event) => renewedMarks(event).length > 0);
	expect(done).toHaveLength(20);
	world.orion.faults.clear();
	world.orion.requests.length = 0;
	expect((await refresh()).error).toBeUndefined();
	expect(texts.map(daysLeft)).toEqual(texts.map(() => 365));
	expect(events.every((event) => renewedMarks(event).length === 1)).toBe(true);
	expect(world.orion.requests.filter(({ path }) => path.includes('/iocs/'))).toHaveLength(2);
});

test('a night takes no more events than Settings allow, and the next night takes the rest', async () => {
	const events = Array.from({ length: 7 }, (_, n) => uploaded(`event ${n}`, [`event ${n}`]));
	const marked = () => events.filter((event) => renewedMarks(event).length > 0).length;
	const few = withSettings({ events_per_run: 4 });
	await refresh(few);
	expect(marked()).toBe(4);
	await refresh(few);
	expect(marked()).toBe(7);
});

test.each([
	[{ refresh_days: 200 }, /ttl_days \(365\) must be at least twice refresh_days \(200\)/],
	[{ refresh_days: 0 }, /refresh_days \(0\)/],
	[{ refresh_days: 'soon' }, /refresh_days \(soon\)/],
	[{ ttl_days: '' }, /ttl_days \(\)/],
	[{ events_per_run: 0 }, /events_per_run \(0\)/],
])(
	'Settings by which IOCs would expire in between stop the run before anything is sent: %j',
	async (values, message) => {
		uploaded('Campaign', ['a']);
		const result = await refresh(withSettings(values));
		expect(result.error).toMatchObject({ node: 'Settings do not fit', message: expect.stringMatching(message) });
		expect([...world.misp.requests, ...world.orion.requests]).toEqual([]);
	},
);

test('a key that may not create the mark is told so before anything is sent', async () => {
	uploaded('Campaign', ['a']);
	world.credentials.mispInstanceApi = { url: world.misp.url, apiKey: world.misp.keys.user };
	const result = await refresh();
	expect(result.error).toMatchObject({ node: 'Tag for this period' });
	expect(world.orion.requests).toEqual([]);
});

/** Runs a refresh whose import takes a while, and `meanwhile` in the middle of it. */
async function whileImporting(meanwhile: () => Promise<void>): Promise<void> {
	world.orion.faults.add({ path: /iocs\/filehashioc(?!\/eraser)/, times: 1, latencyMs: 12_000 });
	const running = refresh();
	let isOver = false;
	void running.finally(() => (isOver = true));
	while (!isOver && !world.misp.requests.some(({ path }) => path === '/attributes/restSearch'))
		await new Promise((resolve) => setTimeout(resolve, 20));
	await new Promise((resolve) => setTimeout(resolve, 500));
	await meanwhile();
	expect(isOver).toBe(false);
	expect((await running).error).toBeUndefined();
}

test('what is revoked and taken out while its event is being renewed ends out of Orion', async () => {
	const event = uploaded('Busy', ['revoked', 'stays']);
	await whileImporting(async () => {
		const [attributeOf] = event.attributes;
		if (!attributeOf) throw new Error('no attribute');
		attributeOf.toIds = false;
		world.misp.store.touch(event, attributeOf);
		expect((await run('delete-iocs')).error).toBeUndefined();
		expect([...world.orion.iocs.keys()]).toEqual([`filehashioc:${md5('stays')}`]);
	});
	expect((await run('delete-iocs')).error).toBeUndefined();
	expect([...world.orion.iocs.keys()]).toEqual([`filehashioc:${md5('stays')}`]);
});

test('an event that is deleted from Orion while it is being renewed ends out of Orion', async () => {
	const event = uploaded('Busy', ['a', 'b']);
	await whileImporting(async () => {
		mark(event, tags.delete);
		expect((await run('delete-iocs')).error).toBeUndefined();
		expect(world.orion.iocs.size).toBe(0);
	});
	expect((await run('delete-iocs')).error).toBeUndefined();
	expect(world.orion.iocs.size).toBe(0);
	expect(tagsOf(event)).toContain(tags.deleted);
	expect(tagsOf(event)).not.toContain(tags.delete);
});
