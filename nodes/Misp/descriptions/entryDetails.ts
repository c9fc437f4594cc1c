import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { toList } from '../../shared/parameters';

/** Fields that attributes, events, objects and proposals share. Keys are the parameters' names, and the table says what MISP calls them. */
const details = {
	category: {
		displayName: 'Category Name or ID',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getCategories' },
		description:
			'Category of the attribute; without one, MISP takes the usual one of the type. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	comment: { displayName: 'Comment', type: 'string', description: 'Context for the people who read it' },
	disableCorrelation: {
		displayName: 'Disable Correlation',
		type: 'boolean',
		default: false,
		description: 'Whether MISP leaves it out when it looks for the same values elsewhere',
	},
	distribution: {
		displayName: 'Distribution',
		type: 'options',
		default: '5',
		options: [
			{ name: 'All Communities', value: '3' },
			{ name: 'Connected Communities', value: '2' },
			{ name: 'Inherit From Event', value: '5' },
			{ name: 'Sharing Group', value: '4', description: 'Needs Sharing Group ID' },
			{ name: 'This Community Only', value: '1' },
			{ name: 'Your Organisation Only', value: '0' },
		],
		description: 'Who may see it',
	},
	firstSeen: { displayName: 'First Seen', type: 'dateTime', description: 'When it was first observed' },
	toIds: {
		displayName: 'For Detection (IDS)',
		type: 'boolean',
		default: true,
		description: 'Whether it is meant for detection (to_ids)',
	},
	lastSeen: { displayName: 'Last Seen', type: 'dateTime', description: 'When it was last observed' },
	sharingGroup: {
		displayName: 'Sharing Group ID',
		type: 'string',
		description: 'The sharing group, where Distribution is Sharing Group',
	},
	tags: {
		displayName: 'Tags',
		type: 'string',
		typeOptions: { rows: 2 },
		description:
			'Names of global tags, one per line or a list from an expression. Local ones are added by the tag operations.',
	},
	type: {
		displayName: 'Type Name or ID',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getAttributeTypes' },
		description:
			'Type of the attribute. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	uuid: { displayName: 'UUID', type: 'string', description: 'A UUID of your own; without one, a new one is made' },
	value: { displayName: 'Value', type: 'string', description: 'The value' },
} satisfies Record<string, Partial<INodeProperties>>;

export type Detail = keyof typeof details;

const mispName: Readonly<Record<Exclude<Detail, 'tags'>, string>> = {
	category: 'category',
	comment: 'comment',
	disableCorrelation: 'disable_correlation',
	distribution: 'distribution',
	firstSeen: 'first_seen',
	lastSeen: 'last_seen',
	sharingGroup: 'sharing_group_id',
	toIds: 'to_ids',
	type: 'type',
	uuid: 'uuid',
	value: 'value',
};

const isDetail = (name: string): name is keyof typeof mispName => Object.hasOwn(mispName, name);

/** A collection of those fields, and more of the operation's own. */
export function detailFields(
	name: string,
	displayName: string,
	wanted: readonly Detail[],
	more: INodeProperties[] = [],
): INodeProperties {
	const options = wanted.map((detail): INodeProperties => ({ default: '', ...details[detail], name: detail }));
	return {
		displayName,
		name,
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [...options, ...more].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

/** What was filled in, under MISP's own names. Fields that are no details are left to the operation. */
export function readDetails(given: IDataObject): IDataObject {
	const fields: IDataObject = {};
	for (const [name, value] of Object.entries(given)) {
		if (isDetail(name) && value !== undefined && value !== null) fields[mispName[name]] = value;
	}
	const tags = toList(typeof given.tags === 'string' ? given.tags.split('\n') : given.tags);
	if (tags.length > 0) fields.Tag = tags.map((tag) => ({ name: tag }));
	// An empty date in the editor means none, and an empty UUID is none.
	for (const name of ['first_seen', 'last_seen', 'uuid', 'category', 'type'])
		if (fields[name] === '') delete fields[name];
	return fields;
}
