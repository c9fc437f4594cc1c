import { fieldAt, partsOf, ValuesOfItems } from '../../../nodes/Misp/search/sameValues';

const held = (value: string, type = '') => ({ value, type });

test('values of composite types are taken apart, others are not', () => {
	expect(partsOf(held('evil.com|45.155.204.7', 'domain|ip'))).toEqual(['evil.com', '45.155.204.7']);
	expect(partsOf(held('http://evil.com/a|b', 'url'))).toEqual(['http://evil.com/a|b']);
});

test('a port or a file name alone is not looked for', () => {
	expect(partsOf(held('45.155.204.7|443', 'ip-dst|port'))).toEqual(['45.155.204.7']);
	expect(partsOf(held('invoice.exe|d41d8cd98f00b204e9800998ecf8427e', 'filename|md5'))).toEqual([
		'd41d8cd98f00b204e9800998ecf8427e',
	]);
});

test.each(['', '!not', '%part', 'part%'])(
	'"%s" is not searched for, since MISP would read it as something else',
	(value) => {
		expect(partsOf(held(value))).toEqual([]);
	},
);

test('an attribute belongs to every item that holds its value, however it is written', () => {
	const values = new ValuesOfItems([held('evil.com'), held('d41d8cd98f00b204e9800998ecf8427e'), held('EVIL.com')]);
	expect(values.values).toEqual(['evil.com', 'd41d8cd98f00b204e9800998ecf8427e', 'EVIL.com']);
	expect(values.itemsWith(held('Evil.com', 'hostname'))).toEqual([0, 2]);
	expect(values.itemsWith(held('invoice.exe|D41D8CD98F00B204E9800998ECF8427E', 'filename|md5'))).toEqual([1]);
	expect(values.itemsWith(held('good.com', 'domain'))).toEqual([]);
});

test('an item with both halves of a composite value has it once', () => {
	const values = new ValuesOfItems([held('evil.com|45.155.204.7', 'domain|ip')]);
	expect(values.itemsWith(held('evil.com|45.155.204.7', 'domain|ip'))).toEqual([0]);
});

test('fields are found by their name or along a path, and only where the item has them itself', () => {
	expect(fieldAt({ 'ioc.value': 'a', ioc: { value: 'b' } }, 'ioc.value')).toBe('a');
	expect(fieldAt({ ioc: { value: 'b' } }, 'ioc.value')).toBe('b');
	expect(fieldAt({ ioc: 'text' }, 'ioc.value')).toBeUndefined();
	expect(fieldAt({}, 'constructor')).toBeUndefined();
});
