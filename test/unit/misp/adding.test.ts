import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { readAdded } from '../../../nodes/Misp/actions/attribute/adding';
import { leftOutOf, withUuids } from '../../../nodes/Misp/actions/event/leftOut';

const row = (uuid: string, id: number) => ({ id: String(id), uuid, type: 'domain', value: `v${id}` });
const data = (body: unknown) => ({ kind: 'data' as const, body, headers: {} });

test('one attribute that was added comes as an object, even of a list', () => {
	const read = readAdded(
		[{ uuid: 'a' }, { uuid: 'b' }],
		data({ Attribute: row('b', 1), errors: { attribute_0: { value: ['Checksum has an invalid length'] } } }),
	);
	expect(read).toEqual([
		{ status: 'refused', reason: 'value: Checksum has an invalid length' },
		expect.objectContaining({ status: 'created' }),
	]);
});
test('a row with a UUID of MISP’s own is known by its type and value', () => {
	const sent = [
		{ uuid: 'a', type: 'domain', value: 'V2' },
		{ uuid: 'b', type: 'domain', value: 'v1' },
	];
	expect(readAdded(sent, data({ Attribute: [row('x', 1), row('y', 2)] }))).toMatchObject([
		{ attribute: { uuid: 'y' } },
		{ attribute: { uuid: 'x' } },
	]);
});
test('tags that MISP did not attach are told', () => {
	const sent = [{ uuid: 'a', Tag: [{ name: 'tlp:green' }, { name: 'new' }] }];
	const [read] = readAdded(
		sent,
		data({ Attribute: row('a', 7), AttributeTag: [{ attribute_id: '7', Tag: { name: 'tlp:green' } }] }),
	);
	expect(read).toMatchObject({ status: 'created', attribute: { tags: [{ name: 'tlp:green' }] }, tagsLeftOut: ['new'] });
});
test('counts in are counts out, whatever MISP answers', () => {
	const outcome = fc.constantFrom('added', 'refused', 'exists', 'silent');
	fc.assert(
		fc.property(fc.array(outcome, { minLength: 1, maxLength: 20 }), fc.anything(), (outcomes, noise) => {
			const sent = outcomes.map((_, at) => ({ uuid: `u${at}` }));
			const rows = outcomes.flatMap((one, at) => (one === 'added' ? [row(`u${at}`, at + 1)] : []));
			const errors = Object.fromEntries(
				outcomes.flatMap((one, at) =>
					one === 'refused'
						? [[`attribute_${at}`, { value: ['bad'] }]]
						: one === 'exists'
							? [[`attribute_${at}`, { value: ['A similar attribute already exists for this event.'] }]]
							: [],
				),
			);
			const read = readAdded(sent, data({ Attribute: rows, errors, noise }));
			expect(read.map(({ status }) => status)).toEqual(
				outcomes.map((one) => (one === 'added' ? 'created' : one === 'exists' ? 'exists' : 'refused')),
			);
			expect(readAdded(sent, data(noise))).toHaveLength(sent.length);
		}),
	);
});

test('what came back is told from what was left out by UUID, objects and their attributes too', () => {
	const sent: IDataObject = {
		Attribute: withUuids([
			{ type: 'md5', value: 'ABC' },
			{ type: 'ip-dst', value: 'x' },
		]),
		Object: withUuids([
			{ name: 'file', Attribute: [{ object_relation: 'md5', value: 'x' }] },
			{ name: 'gone', Attribute: [{ value: 'y' }] },
		]),
		Tag: [{ name: 'kept' }, { name: 'lost' }],
	};
	const [kept] = Array.isArray(sent.Attribute) ? sent.Attribute : [];
	const [object] = Array.isArray(sent.Object) ? sent.Object : [];
	const left = leftOutOf(sent, {
		Attribute: [{ ...Object(kept), value: 'abc' }],
		Object: [{ ...Object(object), Attribute: [] }],
		Tag: [{ name: 'kept' }],
	});
	expect(left.attributes).toEqual([expect.objectContaining({ type: 'ip-dst' })]);
	expect(left.others).toEqual([
		{ what: 'object', name: 'gone' },
		{ what: 'object attribute', name: 'md5', value: 'x' },
		{ what: 'tag', name: 'lost' },
	]);
});
