import type { IDataObject } from 'n8n-workflow';
import { asNumber, asRecord, asText } from '../../json';

/** A proposal as items carry it. */
export function compactProposal(proposal: IDataObject): IDataObject {
	const attribute = asText(proposal.old_id);
	return {
		id: asText(proposal.id),
		uuid: asText(proposal.uuid),
		proposes:
			proposal.proposal_to_delete === true
				? 'deletion'
				: attribute === '' || attribute === '0'
					? 'attribute'
					: 'change',
		event_id: asText(proposal.event_id),
		...(proposal.event_uuid && { event_uuid: asText(proposal.event_uuid) }),
		...(attribute !== '' && attribute !== '0' && { attribute_id: attribute }),
		type: asText(proposal.type),
		category: asText(proposal.category),
		value: asText(proposal.value),
		to_ids: proposal.to_ids === true,
		comment: asText(proposal.comment),
		...(proposal.timestamp && { timestamp: asNumber(proposal.timestamp) }),
		...(proposal.Org && { org: asText(asRecord(proposal.Org).name) }),
	};
}
