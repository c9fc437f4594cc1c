import { notFound, ok, type Answer } from '../answers';
import { isSiteAdmin, maySee } from '../auth';
import { fields, numberOf, textOf, type Call, type Controller } from '../call';
import { asList, like } from '../filters';
import type { LogEntry } from '../logbook';
import { parseMoment } from '../time';

function shape({ id, title, created, model, modelId, action, user }: LogEntry) {
	return {
		id: String(id),
		title,
		created,
		model,
		model_id: modelId,
		action,
		user_id: String(user.id),
		change: '',
		email: user.email,
		org: user.org.name,
		description: '',
		ip: '',
	};
}

/** A site admin sees all, others their own. Oldest first; texts as a whole unless they bring a `%`. */
function index(call: Call): Answer {
	const params = { ...call.named, ...fields(call, 'Log') };
	const tests = ['title', 'model', 'model_id', 'action', 'email', 'user_id', 'org', 'description', 'ip'].flatMap(
		(key) => {
			const patterns = asList(params[key])
				.flatMap((one) => textOf(one) ?? [])
				.map((pattern) => like(pattern, { ignoreCase: true }));
			return patterns.length === 0
				? []
				: [(row: Readonly<Record<string, string>>) => patterns.some((matches) => matches(row[key] ?? ''))];
		},
	);
	const since =
		params['created'] === undefined ? undefined : parseMoment(asList(params['created'])[0], call.server.store.now());
	const found = call.server.logbook.entries.filter((entry) => {
		if (!isSiteAdmin(call.user) && entry.user !== call.user) return false;
		if (since && ('invalid' in since || Date.parse(`${entry.created.replace(' ', 'T')}Z`) / 1000 < since.at))
			return false;
		const row = shape(entry);
		return tests.every((test) => test(row));
	});
	const limit = numberOf(params['limit']) ?? 60;
	const page = numberOf(params['page']) ?? 1;
	return ok(found.slice((page - 1) * limit, page * limit).map((entry) => ({ Log: shape(entry) })));
}

function eventIndex(call: Call): Answer {
	const event = call.server.store.event(call.args[0] ?? '');
	if (!event || !maySee(call.user, event)) throw notFound('Invalid event.');
	const found = call.server.logbook.entries.filter(
		({ model, modelId }) => model === 'Event' && (modelId === String(event.id) || modelId === event.uuid),
	);
	return ok({
		Log: found.reverse().map((entry) => {
			const { title, created, model, model_id, action, change, org, email } = shape(entry);
			return { title, created, model, model_id, action, change, org, email };
		}),
	});
}

export const logs: Controller = {
	index: { needs: 'audit', run: index },
	adminIndex: { needs: 'audit', run: index },
	event_index: { needs: 'audit', run: eventIndex },
};
