import { eachItem } from '../../call';
import { allOrLimit, wantedLimit } from '../../../shared/allOrLimit';
import { eventLocator } from '../../descriptions/eventLocator';
import { simplify } from '../../descriptions/outputForm';
import { compactProposal } from './compactProposal';
import { listProposals } from './proposals';

/** GET /shadow_attributes/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many proposals',
	description: 'Get open proposals, of one event or of all that the key may see',
	fields: [
		...allOrLimit,
		{ ...eventLocator, required: false, description: 'The event; empty for the proposals of all events' },
		simplify,
	],
	async execute({ item, misp }) {
		const proposals = await listProposals(misp, { event: item.locator('event'), wanted: wantedLimit(item) });
		return item.flag('simple') ? proposals.map(compactProposal) : proposals;
	},
});
