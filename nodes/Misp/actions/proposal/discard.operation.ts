import { eachItem } from '../../call';
import { chosenProposal } from '../../descriptions/entries';
import { settle } from './settling';

/** POST /shadow_attributes/discard/{proposal} */
export const discard = eachItem({
	name: 'Discard',
	action: 'Discard a proposal',
	description: 'Turn a proposal down. It cannot be brought back.',
	destructive: true,
	fields: [chosenProposal],
	execute: async ({ item, misp }) => await settle(misp, 'discard', item.locator('proposal')),
});
