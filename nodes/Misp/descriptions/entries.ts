import { idOrUuidPattern, uuidExample } from '../uuid';
import { chosen } from './chosen';

const by = 'ID or UUID';
const placeholder = uuidExample;

export const chosenAttribute = chosen({
	displayName: 'Attribute',
	name: 'attribute',
	search: 'searchAttributes',
	by,
	placeholder,
	pattern: idOrUuidPattern,
	description: 'The attribute, found by a part of its value or given by ID or UUID',
});
export const chosenObject = chosen({
	displayName: 'Object',
	name: 'object',
	search: 'searchObjects',
	by,
	placeholder,
	pattern: idOrUuidPattern,
	description: 'The object, found by a value it holds or given by ID or UUID',
});
export const chosenReference = chosen({
	displayName: 'Reference',
	name: 'reference',
	search: 'searchObjectReferences',
	by,
	placeholder,
	pattern: idOrUuidPattern,
	description: 'The reference of the object above, or of any object by its ID or UUID',
});
export const chosenTemplate = chosen({
	displayName: 'Template',
	name: 'template',
	search: 'searchObjectTemplates',
	by: 'Name, ID or UUID',
	placeholder: 'file',
	description: 'The object template',
});
export const chosenProposal = chosen({
	displayName: 'Proposal',
	name: 'proposal',
	search: 'searchProposals',
	by: 'ID',
	placeholder: '12',
	pattern: { regex: '^\\d+$', errorMessage: 'The ID of a proposal is a number' },
	description: 'The proposal',
});
export const chosenSighting = chosen({
	displayName: 'Sighting',
	name: 'sighting',
	search: 'searchSightings',
	by,
	placeholder: '207',
	pattern: idOrUuidPattern,
	description: 'The sighting',
});
export const chosenReport = chosen({
	displayName: 'Report',
	name: 'report',
	search: 'searchEventReports',
	by,
	placeholder: '3',
	pattern: idOrUuidPattern,
	description: 'The report of an event',
});
