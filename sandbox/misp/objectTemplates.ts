export interface TemplateElement {
	readonly relation: string;
	readonly type: string;
	readonly priority: number;
	readonly description: string;
	readonly categories?: readonly string[];
	readonly multiple?: boolean;
	readonly toIds?: boolean;
}

export interface ObjectTemplate {
	readonly id: number;
	readonly uuid: string;
	readonly name: string;
	readonly metaCategory: string;
	readonly description: string;
	readonly version: number;
	readonly required: readonly string[];
	readonly requiredOneOf: readonly string[];
	readonly elements: readonly TemplateElement[];
}

const other = (relation: string, type: string, priority: number, description: string): TemplateElement => ({
	relation,
	type,
	priority,
	description,
	categories: ['Other'],
	toIds: false,
});

/** A few of MISP's templates, under the ids, UUIDs and versions they have on 2.5.1. */
export const OBJECT_TEMPLATES: readonly ObjectTemplate[] = [
	{
		id: 56,
		uuid: '0ad86572-ba38-4baf-9fed-1926e9ecc916',
		name: 'cytomic-orion-file',
		metaCategory: 'misc',
		description: 'Cytomic Orion File Detection',
		version: 7,
		required: [],
		requiredOneOf: [],
		elements: [
			other('classification', 'text', 2, 'File classification - number'),
			other('classificationName', 'text', 1, 'File classification'),
			{
				relation: 'fileName',
				type: 'filename',
				priority: 9,
				description: 'Original filename',
				categories: ['Other'],
			},
			other('fileSize', 'size-in-bytes', 0, 'Size of the file'),
			other('first-seen', 'datetime', 3, 'First seen timestamp of the file'),
			other('last-seen', 'datetime', 4, 'Last seen timestamp of the file'),
		],
	},
	{
		id: 57,
		uuid: 'e0e46343-43fd-4ce7-b447-51381402c774',
		name: 'cytomic-orion-machine',
		metaCategory: 'misc',
		description: 'Cytomic Orion File at Machine Detection',
		version: 4,
		required: ['machineName'],
		requiredOneOf: [],
		elements: [
			other('clientCreationDateUTC', 'datetime', 0, 'Client creation date UTC'),
			other('clientId', 'text', 0, 'Client id'),
			other('clientName', 'target-org', 0, 'Client name'),
			other('creationDate', 'datetime', 0, 'Client creation date'),
			other('first-seen', 'datetime', 3, 'First seen on machine'),
			other('last-seen', 'datetime', 4, 'Last seen on machine'),
			other('lastSeenUtc', 'datetime', 0, 'Client last seen UTC'),
			other('machineMuid', 'text', 0, 'Machine UID'),
			{
				relation: 'machineName',
				type: 'target-machine',
				priority: 9,
				description: 'Machine name',
				categories: ['Targeting data'],
			},
			other('machinePath', 'text', 2, 'Path of observable'),
		],
	},
	{
		id: 74,
		uuid: '43b3b146-77eb-4931-b4cc-b66c60f28734',
		name: 'domain-ip',
		metaCategory: 'network',
		description: 'A domain/hostname and IP address seen as a tuple in a specific time frame.',
		version: 11,
		required: [],
		requiredOneOf: ['ip', 'domain', 'hostname'],
		elements: [
			{
				relation: 'domain',
				type: 'domain',
				priority: 1,
				description: 'Domain name',
				categories: ['Network activity', 'External analysis'],
				multiple: true,
			},
			{
				relation: 'hostname',
				type: 'hostname',
				priority: 1,
				description: 'Hostname related to the IP',
				categories: ['Network activity', 'External analysis'],
				multiple: true,
			},
			{
				relation: 'ip',
				type: 'ip-dst',
				priority: 1,
				description: 'IP Address',
				categories: ['Network activity', 'External analysis'],
				multiple: true,
			},
			{
				relation: 'port',
				type: 'port',
				priority: 1,
				description: 'Associated TCP port with the domain',
				multiple: true,
			},
			{ relation: 'text', type: 'text', priority: 1, description: 'A description of the tuple' },
		],
	},
	{
		id: 89,
		uuid: '688c46fb-5edb-40a3-8273-1af7923e2215',
		name: 'file',
		metaCategory: 'file',
		description: 'File object describing a file with meta-information',
		version: 24,
		required: [],
		requiredOneOf: ['filename', 'size-in-bytes', 'md5', 'sha1', 'sha256', 'malware-sample', 'path'],
		elements: [
			{
				relation: 'filename',
				type: 'filename',
				priority: 1,
				description: 'Filename on disk',
				categories: ['Payload delivery', 'Artifacts dropped', 'Payload installation', 'External analysis'],
				multiple: true,
			},
			{
				relation: 'path',
				type: 'text',
				priority: 0,
				description: 'Path of the filename complete or partial',
				multiple: true,
			},
			{
				relation: 'size-in-bytes',
				type: 'size-in-bytes',
				priority: 0,
				description: 'Size of the file, in bytes',
			},
			{ relation: 'md5', type: 'md5', priority: 1, description: '[Insecure] MD5 hash (128 bits)' },
			{
				relation: 'sha1',
				type: 'sha1',
				priority: 1,
				description: '[Insecure] Secure Hash Algorithm 1 (160 bits)',
			},
			{
				relation: 'sha256',
				type: 'sha256',
				priority: 1,
				description: 'Secure Hash Algorithm 2 (256 bits)',
			},
			{ relation: 'mimetype', type: 'mime-type', priority: 0, description: 'Mime type' },
			{
				relation: 'text',
				type: 'text',
				priority: 1,
				description: 'Free text value to attach to the file',
			},
		],
	},
	{
		id: 341,
		uuid: '60efb77b-40b5-4c46-871b-ed1ed999fce5',
		name: 'url',
		metaCategory: 'network',
		description: 'url object describes an url along with its normalized field and its metadata.',
		version: 10,
		required: [],
		requiredOneOf: ['url', 'resource_path'],
		elements: [
			{
				relation: 'url',
				type: 'url',
				priority: 1,
				description: 'Full URL',
				categories: ['Network activity', 'External analysis'],
			},
			{ relation: 'domain', type: 'domain', priority: 0, description: 'Full domain' },
			{ relation: 'host', type: 'hostname', priority: 0, description: 'Full hostname' },
			{ relation: 'text', type: 'text', priority: 1, description: 'Description of the URL' },
		],
	},
];

export function findTemplate(idUuidOrName: unknown): ObjectTemplate | undefined {
	const wanted = String(idUuidOrName);
	return OBJECT_TEMPLATES.find(({ id, uuid, name }) => String(id) === wanted || uuid === wanted || name === wanted);
}
