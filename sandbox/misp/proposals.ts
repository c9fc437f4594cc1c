import { randomUUID } from 'node:crypto';
import type { Attribute, MispEvent, Organisation, User } from './model';

export interface Proposal {
	readonly id: number;
	readonly uuid: string;
	readonly event: MispEvent;
	/** The attribute to change or delete; none for a new one. */
	readonly attribute: Attribute | undefined;
	readonly type: string;
	readonly category: string;
	readonly value: string;
	readonly toIds: boolean;
	readonly comment: string;
	readonly user: User;
	readonly org: Organisation;
	readonly timestamp: number;
	readonly toDelete: boolean;
	readonly firstSeen: string | null;
	readonly lastSeen: string | null;
	/** Accepted or discarded. */
	deleted: boolean;
}

export type ProposalSeed = Omit<
	Proposal,
	'id' | 'uuid' | 'org' | 'deleted' | 'toDelete' | 'attribute' | 'firstSeen' | 'lastSeen' | 'comment'
> &
	Partial<Pick<Proposal, 'uuid' | 'toDelete' | 'attribute' | 'firstSeen' | 'lastSeen' | 'comment'>>;

export class ProposalBook {
	readonly proposals: Proposal[] = [];
	private nextId = 1;

	add(seed: ProposalSeed): Proposal {
		const made: Proposal = {
			...seed,
			id: this.nextId++,
			uuid: seed.uuid ?? randomUUID(),
			org: seed.user.org,
			deleted: false,
			toDelete: seed.toDelete ?? false,
			attribute: seed.attribute,
			firstSeen: seed.firstSeen ?? null,
			lastSeen: seed.lastSeen ?? null,
			comment: seed.comment ?? '',
		};
		this.proposals.push(made);
		return made;
	}

	open(event: MispEvent): Proposal[] {
		return this.proposals.filter((proposal) => proposal.event === event && !proposal.deleted);
	}

	find(idOrUuid: unknown): Proposal | undefined {
		return this.proposals.find(({ id, uuid }) => String(id) === String(idOrUuid) || uuid === idOrUuid);
	}
}

/** Inside an event or an attribute. */
export function nestedProposal({
	id,
	type,
	category,
	toIds,
	uuid,
	event,
	attribute,
	comment,
	org,
	toDelete,
	timestamp,
	firstSeen,
	lastSeen,
	value,
}: Proposal) {
	return {
		id: String(id),
		type,
		category,
		to_ids: toIds,
		uuid,
		event_uuid: event.uuid,
		event_id: String(event.id),
		old_id: String(attribute?.id ?? 0),
		comment,
		org_id: String(org.id),
		proposal_to_delete: toDelete,
		timestamp: String(timestamp),
		first_seen: firstSeen,
		last_seen: lastSeen,
		value,
		Org: { id: String(org.id), name: org.name, uuid: org.uuid, local: org.local },
	};
}
