import { attribute, orionForTests } from '../orion/orion';

const orion = orionForTests();

/** Texts that run, calculate or open something where they are not taken for text. */
const dangerous = [
	'{{ $env.N8N_ENCRYPTION_KEY }}',
	'={{ $json.value.constructor.constructor("return process")() }}',
	`=cmd|' /C calc'!A0`,
	'+1+1',
	'@SUM(A1:A9)',
	'<script>alert(document.cookie)</script>',
	'<img src=x onerror=alert(1)>',
	'{value} {event_info} {comment}',
	'${7*7} <%= 7*7 %> #{7*7}',
	'"; DROP TABLE iocs; --',
	'"}],"x":[{"',
];

test('a title and a comment are text in Orion, whatever they look like', async () => {
	const run = await orion.run(
		'ioc.import',
		{ options: { description: '{event_info}', additionalData: '{comment}' } },
		{
			input: dangerous.map((text, n) => attribute({ value: `host-${n}.bad-net.com`, event_info: text, comment: text })),
		},
	);
	expect(run.error).toBeUndefined();
	const held = [...orion.server.iocs.values()];
	expect(held).toHaveLength(dangerous.length);
	const texts = new Set(held.flatMap((ioc) => Object.values(ioc)));
	expect(dangerous.filter((text) => !texts.has(text))).toEqual([]);
});

test('a value that is no IOC is skipped and named as it is, and reaches nobody', async () => {
	const run = await orion.run(
		'ioc.import',
		{},
		{ input: dangerous.map((value) => attribute({ type: 'domain', value })) },
	);
	expect(run.json.map(({ status, value }) => ({ status, value }))).toEqual(
		dangerous.map((value) => ({ status: 'skipped', value })),
	);
	expect(orion.server.iocs.size).toBe(0);
	expect(orion.requests()).toEqual([]);
});

test('without IOCs a deletion sends nothing: an empty request might mean all', async () => {
	for (const input of [[{}], [attribute({ value: '' })], [attribute({ type: 'text', value: '%' })]]) {
		await orion.run('ioc.delete', {}, { input });
	}
	expect(orion.requests().filter(({ path }) => path.includes('eraser'))).toEqual([]);
});

test('a dry run of an import and of a deletion says what would be done, and does nothing', async () => {
	const input = [attribute({ value: 'one.bad-net.com' }), attribute({ value: 'intranet' })];
	const imported = await orion.run('ioc.import', { options: { dryRun: true } }, { input });
	expect(imported.json.map(({ status }) => status)).toEqual(['planned', 'skipped']);
	const deleted = await orion.run('ioc.delete', { options: { dryRun: true } }, { input });
	expect(deleted.json.map(({ status }) => status)).toEqual(['planned', 'planned']);
	expect(orion.requests()).toEqual([]);
});
