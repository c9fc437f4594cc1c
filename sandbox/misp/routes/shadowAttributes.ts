import { internal, notAllowed, notFound, ok, redirect, type Answer } from '../answers';
import { mayModify, maySee } from '../auth';
import { fields, numberOf, textOf, type Call, type Controller } from '../call';
import { isOn } from '../filters';
import type { Attribute } from '../model';
import type { Proposal } from '../proposals';
import { organisationStub } from '../sharingGroups';
import { checkAttribute } from '../validate';
import { seenText } from '../writing';

/** What every answer has of a proposal. */
const core = (proposal: Proposal) => ({
	id: String(proposal.id),
	old_id: String(proposal.attribute?.id ?? 0),
	event_id: String(proposal.event.id),
	type: proposal.type,
	category: proposal.category,
	uuid: proposal.uuid,
	to_ids: proposal.toIds,
	comment: proposal.comment,
	first_seen: proposal.firstSeen,
	last_seen: proposal.lastSeen,
	value: proposal.value,
});

/** As answered by add and edit. */
const written = (proposal: Proposal) => ({
	ShadowAttribute: {
		...core(proposal),
		event_org_id: String(proposal.event.org.id),
		email: proposal.user.email,
		deleted: proposal.deleted,
		timestamp: String(proposal.timestamp),
	},
});

const listedShape = (proposal: Proposal) => ({
	ShadowAttribute: {
		...core(proposal),
		org_id: String(proposal.org.id),
		timestamp: String(proposal.timestamp),
		deleted: proposal.deleted,
		proposal_to_delete: proposal.toDelete,
		disable_correlation: false,
		org_uuid: proposal.org.uuid,
		event_uuid: proposal.event.uuid,
		Org: organisationStub(proposal.org),
	},
});

function index(call: Call): Answer {
	const [eventId] = call.args;
	const event = eventId === undefined ? undefined : call.server.store.event(eventId);
	if (eventId !== undefined && (!event || !maySee(call.user, event))) throw notFound('Invalid Event.');
	const found = call.server.proposals.proposals.filter(
		(proposal) => !proposal.deleted && (event ? proposal.event === event : maySee(call.user, proposal.event)),
	);
	const limit = numberOf(call.named['limit']);
	const page = numberOf(call.named['page']) ?? 1;
	return ok((limit === undefined ? found : found.slice((page - 1) * limit, page * limit)).map(listedShape));
}

function add(call: Call): Answer {
	const event = call.server.store.event(call.args[0] ?? '');
	if (!event || !maySee(call.user, event)) throw notFound('Invalid Event');
	const given = fields(call, 'ShadowAttribute');
	const checked = checkAttribute({
		type: given['type'],
		category: given['category'],
		value: given['value'],
	});
	if ('errors' in checked) {
		if (checked.errors['type']) throw internal();
		const [[field, messages] = ['value', ['']]] = Object.entries(checked.errors);
		// Rendered for a web page.
		throw notFound(
			`Could not save the proposal. Errors: [${field}]: ${(messages[0] ?? '').replaceAll('"', '&quot;')}\n`,
		);
	}
	const type = textOf(given['type']) ?? '';
	return ok(
		written(
			call.server.proposals.add({
				event,
				type,
				category: checked.category,
				value: checked.value,
				toIds: given['to_ids'] === undefined ? true : isOn(given['to_ids']),
				comment: textOf(given['comment']) ?? '',
				user: call.user,
				timestamp: call.server.store.now(),
				firstSeen: seenText(given['first_seen']),
				lastSeen: seenText(given['last_seen']),
			}),
		),
	);
}

function target(call: Call): Attribute | undefined {
	const attribute = call.server.store.attribute(call.args[0] ?? '');
	return attribute && maySee(call.user, attribute.event) ? attribute : undefined;
}

function propose(
	call: Call,
	attribute: Attribute,
	given: Readonly<Record<string, unknown>>,
	toDelete: boolean,
): Proposal {
	const type = textOf(given['type']) ?? attribute.type;
	const checked = checkAttribute({
		type,
		category: given['category'] ?? attribute.category,
		value: given['value'] ?? attribute.value,
	});
	if ('errors' in checked) throw internal();
	return call.server.proposals.add({
		event: attribute.event,
		attribute,
		uuid: call.server.store.uuidOf(attribute),
		type,
		category: checked.category,
		value: checked.value,
		toIds: given['to_ids'] === undefined ? attribute.toIds : isOn(given['to_ids']),
		comment: textOf(given['comment']) ?? attribute.comment,
		user: call.user,
		timestamp: call.server.store.now(),
		toDelete,
		firstSeen: attribute.firstSeen,
		lastSeen: attribute.lastSeen,
	});
}

function edit(call: Call): Answer {
	const attribute = target(call);
	if (!attribute) throw notFound('Invalid Attribute.');
	return ok(written(propose(call, attribute, fields(call, 'ShadowAttribute'), false)));
}

/** Proposes that the attribute be deleted. */
function remove(call: Call): Answer {
	const attribute = target(call);
	if (!attribute) return ok({ false: true, errors: 'Invalid Attribute.' });
	propose(call, attribute, {}, true);
	return ok({
		saved: true,
		success:
			'The proposal to delete the attribute has been saved but sending out the alert e-mails has failed for at least one recipient.',
	});
}

function apply(call: Call, proposal: Proposal): string {
	const { store } = call.server;
	const { attribute, event } = proposal;
	proposal.deleted = true;
	if (!attribute) {
		store.addAttribute(event, {
			type: proposal.type,
			category: proposal.category,
			value: proposal.value,
			to_ids: proposal.toIds,
			comment: proposal.comment,
			uuid: proposal.uuid,
			timestamp: store.now(),
		});
		store.touch(event);
		return 'Proposal accepted.';
	}
	if (proposal.toDelete) attribute.deleted = true;
	else {
		attribute.type = proposal.type;
		attribute.category = proposal.category;
		attribute.value = proposal.value;
		attribute.toIds = proposal.toIds;
		attribute.comment = proposal.comment;
	}
	store.touch(event, attribute);
	return 'Proposed change accepted.';
}

function accept(call: Call): Answer {
	const proposal = call.server.proposals.find(call.args[0]);
	if (!proposal || proposal.deleted) throw notAllowed('Proposal not found or you are not authorised to accept it.');
	if (!mayModify(call.user, proposal.event)) return redirect(`${call.server.baseUrl}/`);
	const message = apply(call, proposal);
	return ok({
		name: message,
		message,
		url: `${call.server.baseUrl}/shadow_attributes/accept/${call.args[0] ?? ''}`,
	});
}

function discard(call: Call): Answer {
	const proposal = call.server.proposals.find(call.args[0]);
	if (!proposal || proposal.deleted) throw internal();
	if (!mayModify(call.user, proposal.event) && proposal.org !== call.user.org)
		return redirect(`${call.server.baseUrl}/`);
	proposal.deleted = true;
	return ok({
		name: 'Proposal discarded.',
		message: 'Proposal discarded.',
		url: `${call.server.baseUrl}/shadow_attributes/discard/${call.args[0] ?? ''}`,
	});
}

function view(call: Call): Answer {
	const proposal = call.server.proposals.find(call.args[0]);
	if (!proposal || !maySee(call.user, proposal.event)) throw notFound('Invalid proposal.');
	return ok({ ShadowAttribute: { ...core(proposal), org_id: String(proposal.org.id) } });
}

const NOT_ALLOWED = 'Method Not Allowed';
const ajaxOnly = (): never => {
	throw notAllowed(NOT_ALLOWED);
};

export const shadowAttributes: Controller = {
	index: { run: index },
	add: { needs: 'add', run: add },
	edit: { needs: 'add', run: edit },
	delete: { needs: 'add', run: remove },
	accept: { needs: 'add', post: NOT_ALLOWED, run: accept },
	discard: { needs: 'add', post: NOT_ALLOWED, run: discard },
	acceptSelected: { needs: 'add', run: ajaxOnly },
	discardSelected: { needs: 'add', run: ajaxOnly },
	view: { run: view },
};
