import { notFound, ok, saved, type Answer } from '../answers';
import { fields, textOf, type Call, type Controller } from '../call';
import { asList } from '../filters';
import { isUuid } from '../uuid';

function index(call: Call): Answer {
	return ok(
		call.server.store.blocklist.map(({ id, uuid, created, info, comment, orgc }) => ({
			id: String(id),
			event_uuid: uuid,
			created,
			event_info: info,
			comment,
			event_orgc: orgc,
		})),
	);
}

function add(call: Call): Answer {
	const body = fields(call, 'EventBlocklist');
	const sent = asList(body['uuids']).flatMap((uuid) => textOf(uuid) ?? []);
	const successes = sent.filter(isUuid);
	const fails = sent.filter((uuid) => !isUuid(uuid));
	for (const uuid of successes)
		call.server.store.blockEvent(uuid.toLowerCase(), {
			comment: textOf(body['comment']) ?? '',
			info: textOf(body['event_info']) ?? '',
			orgc: textOf(body['event_orgc']) ?? '',
		});
	return ok({
		result: { successes, fails },
		message: `Done. Added ${successes.length} new entries to the blocklist. ${fails.length} entries could not be saved.`,
	});
}

function remove(call: Call): Answer {
	const [wanted = ''] = call.args;
	const entry = call.server.store.blocklist.find(({ id, uuid }) => uuid === wanted || String(id) === wanted);
	if (!entry) throw notFound('Invalid blocklist entry');
	call.server.store.unblockEvent(entry);
	return saved('Blocklist entry removed', `/event_blocklists/delete/${wanted}`, wanted);
}

export const eventBlocklists: Controller = {
	index: { needs: 'site_admin', run: index },
	add: { needs: 'site_admin', run: add },
	delete: { needs: 'site_admin', run: remove },
};
