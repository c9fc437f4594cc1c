import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../shared/parameters';
import { Problem } from '../../shared/problem';

/** The tags by which MISP and this package know what is to be done and what is. */
export interface ControlTags {
	upload: string;
	delete: string;
	uploaded: string;
	notUploaded: string;
	deleted: string;
	publishAgain: string;
}

interface ControlTag {
	displayName: string;
	name: string;
	default: string;
	description: string;
}

const all: Record<keyof ControlTags, ControlTag> = {
	upload: {
		displayName: 'Upload Tag',
		name: 'uploadTag',
		default: 'cytomic-orion:action="upload"',
		description: 'On events and attributes that are to be uploaded',
	},
	delete: {
		displayName: 'Delete Tag',
		name: 'deleteTag',
		default: 'cytomic-orion:action="delete"',
		description: 'On events and attributes that are to be deleted from Orion',
	},
	uploaded: {
		displayName: 'Uploaded Tag',
		name: 'uploadedTag',
		default: 'cytomic-orion:state="uploaded"',
		description: 'On events and attributes that are in Orion',
	},
	notUploaded: {
		displayName: 'Not Uploaded Tag',
		name: 'notUploadedTag',
		default: 'cytomic-orion:state="not-uploaded"',
		description: 'On attributes of uploaded events that are not in Orion',
	},
	deleted: {
		displayName: 'Deleted Tag',
		name: 'deletedTag',
		default: 'cytomic-orion:state="deleted"',
		description: 'On events and attributes that were deleted from Orion by the delete tag',
	},
	publishAgain: {
		displayName: 'Publish Again Tag',
		name: 'publishAgainTag',
		default: 'cytomic-orion:state="publish-again"',
		description: 'On events that are unpublished because a global tag was taken off, until they are published again',
	},
};

export const tagFields: INodeProperties = {
	displayName: 'Tags',
	name: 'tags',
	type: 'collection',
	placeholder: 'Change a tag',
	default: {},
	options: Object.values(all)
		.map((tag): INodeProperties => ({ ...tag, type: 'string' }))
		.sort((one, other) => one.displayName.localeCompare(other.displayName)),
	description: 'Other names for the tags. Use the same in all workflows.',
};

/** @throws Problem where a tag is empty or two are the same: then nobody could tell what is to be done */
export function readTags(item: Parameters): ControlTags {
	const given = item.options('tags');
	const read = (key: keyof ControlTags): string => {
		const { name, displayName, default: usual } = all[key];
		const tag = String(given[name] ?? usual).trim();
		if (tag !== '') return tag;
		throw new Problem(
			`"${displayName}" is empty`,
			'Enter a tag, or take the field away to have the usual one.',
			'empty',
		);
	};
	const tags: ControlTags = {
		upload: read('upload'),
		delete: read('delete'),
		uploaded: read('uploaded'),
		notUploaded: read('notUploaded'),
		deleted: read('deleted'),
		publishAgain: read('publishAgain'),
	};
	if (new Set(Object.values(tags).map((tag) => tag.toLowerCase())).size < Object.keys(all).length)
		throw new Problem('Two of the tags are the same', 'Give each of them a name of its own under "Tags".', 'same_tag');
	return tags;
}
