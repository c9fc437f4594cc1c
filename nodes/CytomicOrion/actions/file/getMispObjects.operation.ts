import { eachItem } from '../../call';
import { readFile } from '../../answers/file';
import { md5Field, readMd5 } from '../../descriptions/md5';
import { toItem } from '../../item';
import type { MispObject } from '../../misp/objects';
import { fileObject, machineObject } from '../../misp/objects';
import { computersWith, fileRow } from '../../transport/knowledge';

/** What Orion knows of a file, in the form of MISP's templates cytomic-orion-file and cytomic-orion-machine. */
export const getMispObjects = eachItem({
	name: 'Get MISP Objects',
	action: 'Get MISP objects for a file',
	description:
		'Get what Orion knows of a file as MISP objects: one cytomic-orion-file, and one cytomic-orion-machine for each computer that saw it. An unknown hash comes out with known: false and no object.',
	fields: [
		md5Field,
		{
			displayName: 'Event UUID',
			name: 'eventUuid',
			type: 'string',
			default: '',
			description:
				'UUID of the MISP event that the objects are for. With it they have the same UUIDs each time, so that MISP tells those apart that it has.',
		},
		{
			displayName: 'Include Computers',
			name: 'includeComputers',
			type: 'boolean',
			default: true,
			description: 'Whether to include an object for each computer',
		},
	],
	async execute({ item, orion }) {
		const md5 = readMd5(item);
		const eventUuid = item.text('eventUuid');
		const file = readFile(md5, await fileRow(orion, md5));
		if (!file.known) return { md5, known: false, message: 'Orion does not know this file' };
		const seen = item.flag('includeComputers') ? await computersWith(orion, md5) : [];
		return [
			resultOf(md5, fileObject(file, eventUuid)),
			...seen.map(({ where, computer }) => resultOf(md5, machineObject(md5, where, computer, eventUuid))),
		];
	},
});

/** The object, with its fields by name as well: so the MISP node's Object: Create takes them. */
const resultOf = (md5: string, object: MispObject) =>
	toItem({
		md5,
		known: true,
		...object,
		fields: Object.fromEntries(
			object.Attribute.map(({ object_relation: name, value, to_ids }) => [name, { value, to_ids }]),
		),
	});
