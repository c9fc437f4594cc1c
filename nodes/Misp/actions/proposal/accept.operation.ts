import { eachItem } from '../../call';
import { chosenProposal } from '../../descriptions/entries';
import { settle } from './settling';

/** POST /shadow_attributes/accept/{proposal} */
export const accept = eachItem({
	name: 'Accept',
	action: 'Accept a proposal',
	description:
		'Take a proposal into its event. MISP unpublishes the event, since what was published is no longer current.',
	fields: [chosenProposal],
	execute: async ({ item, misp }) => await settle(misp, 'accept', item.locator('proposal')),
});
