import * as fc from 'fast-check';
import type { MispSandbox } from '../../../sandbox/misp';
import { startMisp } from '../../../sandbox/misp';
import { operate } from '../misp/onMisp';

/** Texts that mean something to MISP's filters, to SQL, to n8n's expressions, to JSON or to a terminal. */
const wellKnown = [
	`O'Reilly "quoted" \`here\``,
	`x' OR '1'='1`,
	'"; DROP TABLE events; --',
	'!not this',
	'!!',
	'&&',
	'this&&that',
	'this||that',
	'50%&&20',
	'a_b',
	'{"OR":["x"]}',
	'["a","b"]',
	'[object Object]',
	'{{ $env.PATH }}',
	'={{ 1 + 1 }}',
	`=cmd|' /C calc'!A0`,
	'<script>alert(1)</script>',
	'../../etc/passwd',
	'back\\slash\\',
	'&quot;entity&quot;',
	'имя',
	'日本語',
	'💥 boom',
	'\u202Egnp.exe',
	'__proto__',
	'constructor',
	'toString',
	'null',
	'NOT',
	'x'.repeat(2000),
];

const anyText = fc
	.string({ unit: 'grapheme', minLength: 2, maxLength: 40 })
	.map((text) => text.trim())
	.filter((text) => text.length > 1 && !/[\n\r\0]|^%|%$|^\d+$/.test(text));

// The same texts at every run: what fails once fails again.
const texts = [...new Set([...wellKnown, ...fc.sample(anyText, { numRuns: 40, seed: 6 })])];

/** What a text would be taken for, were it not data: its parts, its opposite, a longer one. */
const lookalikes = (text: string): string[] => [
	`${text}x`,
	`x${text}`,
	text.replace(/^!+/, ''),
	...text.split('&&'),
	...text.split('||'),
	text.replaceAll(/["'`\\]/g, ''),
];

const decoys = [...new Set(texts.flatMap(lookalikes))].filter(
	(text) => text.trim().length > 1 && !texts.includes(text),
);

let misp: MispSandbox;
beforeAll(async () => {
	misp = await startMisp();
	for (const text of [...texts, ...decoys]) {
		misp.store.addEvent({ info: text, tags: [{ name: `${text} (tag)` }], attributes: [{ type: 'text', value: text }] });
	}
});
afterAll(async () => await misp.close());

/** Searches once for each text; what was found, by text. */
async function found(operation: `${string}.${string}`, filters: object, field: (json: object) => unknown) {
	const run = await operate(
		misp,
		operation,
		{ returnAll: true, filters: { ...filters }, simple: true },
		{ input: texts.map((text) => ({ text })), onError: 'continueErrorOutput' },
	);
	expect(run.error).toBeUndefined();
	expect(run.errorItems).toEqual([]);
	const byText = new Map<string, unknown[]>(texts.map((text) => [text, []]));
	for (const { json, pairedItem } of run.items) {
		const from = typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : Number.NaN;
		byText.get(texts[from] ?? '')?.push(field(json));
	}
	return byText;
}

const isSame = (one: unknown, other: string): boolean => String(one).toLowerCase() === other.toLowerCase();

test('an attribute is found by its value whatever that is, and nothing else is', async () => {
	const byText = await found('attribute.getMany', { value: '={{ [$json.text] }}', type: ['text'] }, (json) =>
		'value' in json ? json.value : undefined,
	);
	for (const [text, values] of byText) {
		expect({ text, values: values.filter((value) => !isSame(value, text)) }).toEqual({ text, values: [] });
		expect({ text, found: values.length > 0 }).toEqual({ text, found: true });
	}
});

test('an event is found by its tag whatever that is called, and nothing else is', async () => {
	const byText = await found('event.getMany', { tagsAny: '={{ [$json.text + " (tag)"] }}' }, (json) =>
		'info' in json ? json.info : undefined,
	);
	for (const [text, titles] of byText) {
		// In the name of a tag MISP takes % for any text, wherever it stands.
		if (!text.includes('%')) expect({ text, titles }).toEqual({ text, titles: [text] });
		expect(titles).toContain(text);
	}
});

test('an event is found by its title whatever that is, and nothing else is', async () => {
	const byText = await found('event.getMany', { eventInfo: '={{ [$json.text] }}' }, (json) =>
		'info' in json ? json.info : undefined,
	);
	for (const [text, titles] of byText) {
		const others = titles.filter((title) => !String(title).toLowerCase().includes(text.toLowerCase()));
		// A part of a title is compared with LIKE, in which % and _ stand for any text and any character.
		if (!/[%_]/.test(text)) expect({ text, others }).toEqual({ text, others: [] });
		expect(titles).toContain(text);
	}
});

test('what cannot be searched literally is refused, and not searched for', async () => {
	const before = misp.requests.length;
	for (const text of ['%', '%%', '%x', 'x%', ' ', '']) {
		const run = await operate(
			misp,
			'attribute.getMany',
			{ returnAll: true, filters: { value: '={{ [$json.text] }}' } },
			{ input: [{ text }] },
		);
		expect({ text, message: run.error?.message }).toEqual({
			text,
			message: expect.stringMatching(/^Value: |^The filter "Values" is empty/),
		});
	}
	expect(misp.requests.slice(before).filter(({ path }) => path.includes('restSearch'))).toEqual([]);
});
