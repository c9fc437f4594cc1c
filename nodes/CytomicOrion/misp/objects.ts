import { createHash } from 'crypto';
import type { ComputerFacts } from '../answers/computer';
import type { FileFacts, Whereabouts } from '../answers/file';

/** MISP's object templates for what Orion knows, in the versions that the fields below follow. */
const templates = {
	file: {
		name: 'cytomic-orion-file',
		template_uuid: '0ad86572-ba38-4baf-9fed-1926e9ecc916',
		template_version: '7',
		'meta-category': 'misc',
		description: 'Cytomic Orion File Detection',
	},
	machine: {
		name: 'cytomic-orion-machine',
		template_uuid: 'e0e46343-43fd-4ce7-b447-51381402c774',
		template_version: '4',
		'meta-category': 'misc',
		description: 'Cytomic Orion File at Machine Detection',
	},
} as const;

/** Type and category of each field. The category is said for all: MISP lets that of one leak to the next (2.5.1). */
const fields = {
	fileName: ['filename', 'Payload delivery'],
	fileSize: ['size-in-bytes', 'Other'],
	classification: ['text', 'Other'],
	classificationName: ['text', 'Other'],
	'first-seen': ['datetime', 'Other'],
	'last-seen': ['datetime', 'Other'],
	machineName: ['target-machine', 'Targeting data'],
	machineMuid: ['text', 'Other'],
	machinePath: ['text', 'Other'],
	clientId: ['text', 'Other'],
	clientName: ['target-org', 'Targeting data'],
	creationDate: ['datetime', 'Other'],
	clientCreationDateUTC: ['datetime', 'Other'],
	lastSeenUtc: ['datetime', 'Other'],
} as const;

type FieldName = keyof typeof fields;
type Values = Partial<Record<FieldName, string | number | undefined>>;

export interface MispAttribute {
	object_relation: string;
	type: string;
	category: string;
	value: string;
	/** None of this is for detection: the hash that it is about is in the event already. */
	to_ids: false;
}

export interface MispObject {
	name: string;
	template_uuid: string;
	template_version: string;
	'meta-category': string;
	description: string;
	comment: string;
	uuid?: string;
	first_seen?: string;
	last_seen?: string;
	Attribute: MispAttribute[];
}

interface About {
	comment: string;
	firstSeen: string | undefined;
	lastSeen: string | undefined;
	/** What makes the object the same one when it is built again. */
	identity: string | undefined;
}

export const fileObject = (file: FileFacts, eventUuid: string): MispObject =>
	build(
		'file',
		{
			fileName: file.fileName,
			fileSize: file.fileSize,
			classification: file.classificationNumber,
			classificationName: file.classification,
			'first-seen': file.firstSeen,
			'last-seen': file.lastSeen,
		},
		{ ...file, comment: `MD5 ${file.md5}`, identity: identityOf(eventUuid, file.md5) },
	);

/** The template needs a name of the machine: where Orion gave none, its MUID has to do. */
export const machineObject = (md5: string, seen: Whereabouts, computer: ComputerFacts, eventUuid: string): MispObject =>
	build(
		'machine',
		{
			machineName: computer.machineName || seen.muid,
			machineMuid: seen.muid,
			machinePath: seen.path,
			clientId: seen.clientId || computer.clientId,
			clientName: computer.clientName,
			'first-seen': seen.firstSeen,
			'last-seen': seen.lastSeen,
			creationDate: computer.creationDate,
			clientCreationDateUTC: computer.clientCreationDate,
			lastSeenUtc: computer.lastSeen,
		},
		{
			...seen,
			comment: `Saw the file with MD5 ${md5}`,
			identity: identityOf(eventUuid, `${md5} ${seen.muid.toLowerCase()} ${seen.path}`),
		},
	);

const identityOf = (eventUuid: string, what: string): string | undefined =>
	eventUuid === '' ? undefined : `${eventUuid.toLowerCase()} ${what}`;

function build(
	kind: keyof typeof templates,
	values: Values,
	{ comment, firstSeen, lastSeen, identity }: About,
): MispObject {
	const names = Object.keys(fields).filter((name): name is FieldName => name in values);
	return {
		...templates[kind],
		comment,
		...(identity !== undefined && { uuid: uuidOf(`${kind} ${identity}`) }),
		...(firstSeen !== undefined && { first_seen: firstSeen }),
		...(lastSeen !== undefined && { last_seen: lastSeen }),
		Attribute: names.flatMap((name) => {
			const value = values[name];
			if (value === undefined || value === '') return [];
			const [type, category] = fields[name];
			return [{ object_relation: name, type, category, value: String(value), to_ids: false as const }];
		}),
	};
}

/** A UUID out of a name (version 5, in a namespace of this package): the same name gives the same UUID. */
function uuidOf(name: string): string {
	const digest = createHash('sha1').update(`n8n-nodes-misp-cytomic-orion ${name}`).digest().subarray(0, 16);
	digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x50, 6);
	digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = digest.toString('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
