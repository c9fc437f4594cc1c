import { candidateReader, mispFields, planDeletion } from '../../CytomicOrion/ioc';
import { eraseRequest } from '../../CytomicOrion/sending/requests';
import { allItems } from '../call';
import { dryRun, optionsWith } from '../descriptions/options';
import { whichEvents } from '../descriptions/scope';
import { readTags, tagFields } from '../descriptions/tags';
import { onTagged } from '../work/onTagged';
import { stillWanted } from '../work/stillWanted';

/** What carries the delete tag is erased from Orion, but not what another uploaded event wants; what is done is marked as deleted. */
export const deleteTagged = allItems({
	name: 'Delete',
	action: 'Delete the IOCs of tagged events',
	description: 'Take what is tagged for deletion in MISP out of Orion, but not what another uploaded event wants',
	destructive: true,
	fields: [whichEvents, dryRun, tagFields, optionsWith()],
	async execute(call) {
		const { item, misp } = call;
		const tags = readTags(item);
		const read = candidateReader(mispFields);
		return await onTagged(call, {
			task: 'Deletion',
			inLog: 'Deletion from Orion',
			tags,
			controlTag: tags.delete,
			labels: { add: tags.deleted, remove: [tags.uploaded, tags.delete], publishMark: tags.publishAgain },
			events: { deleted: 'include' },
			attributes: { deleted: 'include' },
			plan: async (rows) => planDeletion(rows.map(read), { stillWanted: await stillWanted(misp, rows, { tags }) }),
			done: 'deleted',
			request: eraseRequest,
		});
	},
});
