import fc from 'fast-check';
import { compile } from '../../../nodes/CytomicOrion/ioc';
import { attribute } from './build';

const compact = {
	event_id: '7',
	event_info: 'Phishing  wave\n',
	type: 'url',
	to_ids: true,
	tags: [{ name: 'tlp:amber' }, { name: 'a' }],
};

describe('A text template', () => {
	test.each([
		['{event_id} - {event_info}', '7 - Phishing wave'],
		['MISP {Event.info}', 'MISP Phishing wave'],
		['{{ event_info }}', 'Phishing wave'],
		['{ type }/{to_ids}', 'url/true'],
		['{tags}', 'tlp:amber, a'],
		['{tags.1.name}', 'a'],
		['no placeholder', 'no placeholder'],
		['', ''],
		['  {missing}  left   {missing.too} ', 'left'],
		['{"a": 1}', '{"a": 1}'],
		['{ }', '{ }'],
		['{__proto__}{constructor}{constructor.name}{toString}{tags.length}', '2'],
		['{type.length}', ''],
	])('%j of a compact item reads %j', (template, text) => expect(compile(template)(compact)).toBe(text));

	test('reads full MISP attributes with the same words', () => {
		expect(compile('{event_id} - {event_info} ({threat_level_id})')(attribute({}))).toBe('7 - Phishing wave (2)');
	});

	test('never reads data as a template', () => {
		expect(compile('{event_info}')({ event_info: '{secret} {{secret}} ${secret}', secret: 'x' })).toBe(
			'{secret} {{secret}} ${secret}',
		);
	});

	test('renders any template over any item as one line', () => {
		fc.assert(
			fc.property(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()), (template, item) => {
				expect(compile(`${template}{a}{a.b}`)(item)).not.toMatch(/\n| {2}/);
			}),
		);
	});
});
