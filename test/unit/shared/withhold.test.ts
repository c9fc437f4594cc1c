import fc from 'fast-check';
import { withheld, withholding } from '../../../nodes/shared/withhold';

const key = 'Zy9+Kq/3wX==aB1cD2eF3gH4iJ5kL6mN7oP8qR9s';

test('a key is taken out of whatever a server says, wherever and however it is written', () => {
	const { json } = withholding([key]);
	const said = {
		message: `Authorization: ${key} is not known`,
		headers: [{ authorization: key }, `key=${encodeURIComponent(key)}&x=1`],
		form: new URLSearchParams({ key }).toString(),
		[key]: 'as a name',
		nothing: null,
		count: 3,
	};
	expect(JSON.stringify(json(said))).not.toMatch(/Zy9|7oP8qR9s/);
	expect(json(said)).toMatchObject({ message: `Authorization: ${withheld} is not known`, nothing: null, count: 3 });
});

test('what holds no secret stays the very same object, so that bulk costs nothing', () => {
	const page = { response: { Attribute: [{ value: 'evil.com', Tag: [] }] } };
	expect(withholding([key]).json(page)).toBe(page);
});

test('short texts, and what is no text, are not taken for keys: values with them would be changed', () => {
	const { json, text } = withholding(['domain', '', undefined, 12345678, key.slice(0, 15)]);
	const page = { value: 'a.domain.com', id: 12345678 };
	expect(json(page)).toBe(page);
	expect(text(`domain ${key.slice(0, 15)}`)).toBe(`domain ${key.slice(0, 15)}`);
});

test('a field named __proto__ stays a field', () => {
	const said: unknown = JSON.parse(`{"__proto__": {"key": "${key}"}}`);
	const clean = withholding([key]).json(said);
	expect(JSON.stringify(clean)).toBe(`{"__proto__":{"key":"${withheld}"}}`);
	expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
});

test('whatever the secret and whatever the answer, the secret does not come out', () => {
	const secret = fc
		.string({ minLength: 16, maxLength: 60, unit: 'grapheme' })
		.filter((text) => text.trim().length > 16);
	fc.assert(
		fc.property(secret, fc.jsonValue({ maxDepth: 5 }), fc.string(), (given, answer, around) => {
			const told = { answer, echo: [`${around}${given}${around}`, { deep: { [given]: given } }] };
			expect(JSON.stringify(withholding([given]).json(told))).not.toContain(JSON.stringify(given.trim()).slice(1, -1));
		}),
		{ numRuns: 500 },
	);
});
