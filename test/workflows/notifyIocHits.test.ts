import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { runPoll, runWorkflow } from '../engine/harness';
import { md5, startWorld, tags, template } from './world';
import type { World } from './world';

let world: World;
let workflowId: string;
beforeEach(async () => {
	world = await startWorld();
	workflowId = randomUUID();
});
afterEach(async () => await world.close());

const trigger = 'New indicators';
const byHand = async (id = workflowId) =>
	await runWorkflow(template('notify-ioc-hits'), {
		startNode: 'Run by hand',
		credentials: world.credentials,
		workflowId: id,
	});
const byTrigger = async (items: IDataObject[], id = workflowId) =>
	await runWorkflow(template('notify-ioc-hits'), {
		startNode: trigger,
		pinned: { [trigger]: items },
		credentials: world.credentials,
		workflowId: id,
	});

/** What the trigger hands over, from poll to poll. */
function poller(): () => Promise<IDataObject[]> {
	let staticData: IDataObject = {};
	return async () => {
		const poll = await runPoll({
			type: 'cytomicOrionTrigger',
			parameters: { filters: { includeExcluded: true }, simple: true, options: {} },
			staticData,
			credentials: world.credentials,
		});
		expect(poll.error).toBeUndefined();
		staticData = poll.staticData;
		return (poll.items ?? []).map(({ json }) => json);
	};
}

type MispEvent = ReturnType<World['misp']['store']['addEvent']>;

/** An event whose attributes were uploaded by the workflow that does. */
async function uploaded(info: string, attributes: Array<{ type: string; value: string }>): Promise<MispEvent> {
	const event = world.misp.store.addEvent({
		info,
		published: true,
		tags: [{ name: tags.upload, local: true }],
		attributes: attributes.map((one) => ({ ...one, to_ids: true })),
	});
	const run = await runWorkflow(template('upload-iocs'), { credentials: world.credentials });
	expect(run.error).toBeUndefined();
	return event;
}

const computer = (machineName: string) => world.orion.estate.seedComputer({ machineName });

function hit(iocValue: string, muid: string) {
	const indicator = world.orion.raiseHit({ iocValue, muid });
	if (!indicator) throw new Error(`Orion has no IOC ${iocValue}`);
	return indicator;
}

/** Sightings as "event: value type source". */
const sightings = () =>
	world.misp.sightings.sightings
		.map(({ attribute, type, source }) => `${attribute.event.info}: ${attribute.value} ${type} ${source}`)
		.sort();

const c2 = { type: 'domain', value: 'c2.bad-actor.com' };

test('hits become sightings on the attributes they came from, once, however often the indicators are seen', async () => {
	await uploaded('Botnet', [
		c2,
		{ type: 'md5', value: md5('dropper') },
		{ type: 'url', value: 'http://c2.bad-actor.com/gate.php' },
		{ type: 'ip-dst', value: '45.155.204.7' },
	]);
	world.misp.store.addEvent({ info: 'Not uploaded', published: true, attributes: [{ ...c2, to_ids: true }] });
	const poll = poller();
	expect(await poll()).toEqual([]);
	const pc = computer('PC-1');
	hit(c2.value, pc.muid);
	hit(md5('dropper'), pc.muid);

	const found = await poll();
	expect(found).toHaveLength(2);
	const run = await byTrigger(found);
	expect(run.error).toBeUndefined();
	const expected = [`Botnet: ${md5('dropper')} 0 Cytomic Orion`, `Botnet: ${c2.value} 0 Cytomic Orion`].sort();
	expect(sightings()).toEqual(expected);

	expect(await poll()).toEqual([]);
	for (const again of [
		await byTrigger(found),
		await byHand(),
		await byTrigger(found, randomUUID()),
		await byHand(randomUUID()),
	]) {
		expect(again.error).toBeUndefined();
		expect(again.executed).not.toContain('Message');
	}
	expect(sightings()).toEqual(expected);
});

test('one message tells of all new hits, in words', async () => {
	await uploaded('Botnet', [c2, { type: 'filename|md5', value: `dropper.exe|${md5('dropper').toUpperCase()}` }]);
	const [one, other] = [computer('PC-1'), computer('PC-2')];
	const first = hit(c2.value, one.muid);
	hit(md5('dropper'), other.muid);
	const run = await byHand();
	expect(run.error).toBeUndefined();
	const messages = run.node('Message').map(({ json }) => json);
	expect(messages).toHaveLength(1);
	expect(messages[0]?.subject).toBe('Cytomic Orion: 2 IOCs were seen on PC-1, PC-2');
	const text = String(messages[0]?.text);
	expect(text).toContain(`High: ${c2.value} (domain)\n  on PC-1 (${one.muid}), by the rule "IOC real-time search"`);
	expect(text).toContain('MISP event 1: Botnet');
	expect(text).toContain(`Orion indicator ${first.id}, Pending`);
	expect(text).toContain(`dropper.exe|${md5('dropper').toUpperCase()} (filename|md5)\n  on PC-2`);
	expect(run.node('Connect your chat here').map(({ json }) => json)).toEqual(messages);
	expect(run.executed.indexOf('Message')).toBeLessThan(run.executed.indexOf('Sight as seen'));
});

test('line breaks and reversed writing in a title, a computer name or a rule forge no line of the message', async () => {
	const forged = ['\n', '\r\n', '\u2028', '\u0085'].map((lineBreak) => `${lineBreak}High: all.is-well.com (domain)`);
	await uploaded(`Botnet${forged.join('')}\u202Emoc.live`, [c2]);
	const pc = computer(`PC-1${forged.join('')}`);
	Object.assign(hit(c2.value, pc.muid), {
		huntingRule: `A rule${forged.join('')}`,
		caseName: `A case${forged.join('')}`,
	});
	const run = await byHand();
	expect(run.error).toBeUndefined();
	const [message] = run.node('Message').map(({ json }) => json);
	const lines = String(message?.text).split(/[\r\n\u0085\u2028\u2029]/);
	expect(lines).toHaveLength(4);
	expect(lines.filter((line) => /^\s*High: all/.test(line))).toEqual([]);
	expect(lines[2]).toBe(`  MISP event 1: Botnet${' High: all.is-well.com (domain)'.repeat(4)} moc.live`);
	expect(message?.subject).toBe(`Cytomic Orion: an IOC was seen on PC-1${' High: all.is-well.com (domain)'.repeat(4)}`);
});

test('the sighting has the time of the hit', async () => {
	await uploaded('Botnet', [c2]);
	const indicator = hit(c2.value, computer('PC-1').muid);
	await byHand();
	expect(world.misp.sightings.sightings.map(({ date }) => date)).toEqual([Math.floor(indicator.timestamp / 1000)]);
});

test('a value that two uploaded events hold is sighted in both', async () => {
	await uploaded('One', [c2]);
	await uploaded('Two', [c2]);
	hit(c2.value, computer('PC-1').muid);
	await byHand();
	expect(sightings()).toEqual([`One: ${c2.value} 0 Cytomic Orion`, `Two: ${c2.value} 0 Cytomic Orion`]);
});

test('hits of the same second on two computers are two, even when they come with different polls', async () => {
	await uploaded('Botnet', [c2]);
	const [ioc] = world.orion.iocs.activeOf(c2.value);
	if (!ioc) throw new Error('no IOC');
	const raise = (name: string) => {
		const indicator = world.orion.indicators.raiseRealTime(ioc, computer(name));
		Object.assign(indicator, { timestamp: at, alertDateTime: at });
		return indicator;
	};
	const at = Math.floor(Date.now() / 1000) * 1000 - 5_000;
	const poll = poller();
	await poll();
	raise('PC-1');
	const first = await poll();
	await byTrigger(first);
	raise('PC-2');
	const second = await poll();
	expect([first.length, second.length]).toEqual([1, 1]);
	const run = await byTrigger(second);
	expect(run.error).toBeUndefined();
	expect(run.node('Message')[0]?.json.subject).toBe('Cytomic Orion: an IOC was seen on PC-2');
	expect(sightings()).toHaveLength(2);
	for (const items of [first, second]) await byTrigger(items, randomUUID());
	await byHand(randomUUID());
	expect(sightings()).toHaveLength(2);
});

test('an indicator closed as false positive becomes a false-positive sighting, once, and no message', async () => {
	await uploaded('Botnet', [c2]);
	const indicator = hit(c2.value, computer('PC-1').muid);
	await byHand();
	world.orion.closeIndicator(indicator.id, { falsePositive: true });
	const run = await byHand();
	expect(run.error).toBeUndefined();
	expect(run.executed).not.toContain('Message');
	const expected = [`Botnet: ${c2.value} 0 Cytomic Orion`, `Botnet: ${c2.value} 1 Cytomic Orion`];
	expect(sightings()).toEqual(expected);
	await byHand(randomUUID());
	expect(sightings()).toEqual(expected);
});

test('an indicator that was closed otherwise changes nothing', async () => {
	await uploaded('Botnet', [c2]);
	const indicator = hit(c2.value, computer('PC-1').muid);
	await byHand();
	world.orion.closeIndicator(indicator.id);
	await byHand();
	expect(sightings()).toEqual([`Botnet: ${c2.value} 0 Cytomic Orion`]);
});

test('the IOC is found in whatever field of the details, or in their text', async () => {
	await uploaded('Botnet', [c2, { type: 'ip-dst', value: '45.155.204.7' }]);
	world.orion.indicators.seed({ details: JSON.stringify({ Event: { Network: [{ remote: '45.155.204.7' }] } }) });
	world.orion.indicators.seed({ details: `Contact with ${c2.value}, seen once` });
	world.orion.indicators.seed({ details: '' });
	world.orion.indicators.seed({ details: '{"DomainName":"harmless.com"}' });
	const run = await byHand();
	expect(run.error).toBeUndefined();
	expect(sightings()).toEqual([`Botnet: 45.155.204.7 0 Cytomic Orion`, `Botnet: ${c2.value} 0 Cytomic Orion`]);
});

test('without any hit nothing is written and nobody is told', async () => {
	world.orion.indicators.seed();
	const run = await byHand();
	expect(run.error).toBeUndefined();
	expect(run.executed).not.toContain('Message');
	expect(sightings()).toEqual([]);
});

test('a sighting that MISP refuses ends the run in red, and the next one makes it', async () => {
	await uploaded('Botnet', [c2]);
	hit(c2.value, computer('PC-1').muid);
	world.misp.faults.add({
		path: /sightings\/add/,
		answer: { status: 403, body: { message: 'You do not have permission to use this functionality.' } },
	});
	const run = await byHand();
	expect(run.success).toBe(false);
	expect(run.error?.message).toMatch(/could not be sighted/);
	world.misp.faults.clear();
	const next = await byHand();
	expect(next.error).toBeUndefined();
	expect(sightings()).toEqual([`Botnet: ${c2.value} 0 Cytomic Orion`]);
});

test('of two runs at once, only one sights the hit', async () => {
	await uploaded('Botnet', [c2]);
	const poll = poller();
	await poll();
	hit(c2.value, computer('PC-1').muid);
	const found = await poll();
	world.misp.faults.add({ path: /sightings\/restSearch/, latencyMs: 1500 });
	await Promise.all([byTrigger(found), byHand()]);
	expect(sightings()).toHaveLength(1);
});

test('no computer is isolated', async () => {
	await uploaded('Botnet', [c2]);
	const pc = computer('PC-1');
	hit(c2.value, pc.muid);
	await byHand();
	expect(pc.isolated).toBe(false);
	expect(world.orion.requests.filter(({ path }) => path.includes('remediations'))).toEqual([]);
});
