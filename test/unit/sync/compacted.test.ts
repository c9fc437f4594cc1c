import fc from 'fast-check';
import { compactAttribute } from '../../../nodes/Misp/item';
import { compacted } from '../../../nodes/MispOrionSync/reading/compacted';

const tag = fc.record({
	name: fc.constantFrom('tlp:green', 'cytomic-orion:upload', 'TLP:GREEN'),
	local: fc.constantFrom(0, 1, true),
	inherited: fc.constantFrom(0, 1),
});
const row = fc.record(
	{
		id: fc.nat().map(String),
		uuid: fc.uuid(),
		type: fc.constantFrom('md5', 'domain'),
		category: fc.constantFrom('Network activity', 'Payload delivery'),
		value: fc.string(),
		comment: fc.constantFrom('', 'seen twice'),
		to_ids: fc.boolean(),
		Tag: fc.array(tag, { maxLength: 4 }),
		Event: fc.record(
			{
				id: fc.constantFrom('1', '2'),
				uuid: fc.constantFrom('11111111-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000002'),
				info: fc.constantFrom('Phishing wave', 'Ransomware'),
				date: fc.constant('2026-11-24'),
				published: fc.boolean(),
				Orgc: fc.record({ name: fc.constantFrom('CIRCL', 'ORGNAME') }),
				Tag: fc.array(tag, { maxLength: 3 }),
			},
			{ requiredKeys: ['id'] },
		),
	},
	{ requiredKeys: ['id', 'uuid'] },
);

test('attributes that share what is equal among them say what they said before', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
			expect(await compacted(rows)).toEqual(rows.map(compactAttribute));
		}),
	);
});

test('equal tags of a page are one object', async () => {
	const rows = Array.from({ length: 3 }, (_, n) => ({
		id: String(n),
		Tag: [
			{ name: 'tlp:red', local: 0 },
			{ name: 'tlp:red', local: 1 },
		],
	}));
	const tags = (await compacted(rows)).flatMap((attribute) => attribute.tags);
	expect(tags).toHaveLength(6);
	expect(new Set(tags).size).toBe(2);
});
