import { MispError, notAllowed, notFound, ok, refused, saved, type Answer } from '../answers';
import { mayModify, maySee } from '../auth';
import { fields, numberOf, textOf, type Call, type Controller } from '../call';
import { reportShape, type EventReport } from '../eventReports';
import { isOn } from '../filters';

const OPTIONS =
	'Options: Your organisation only, This community only, Connected communities, All communities, Sharing group, Inherit event';
const AJAX = 'This function can only be reached via AJAX.';

function shape(report: EventReport) {
	const { event } = report;
	const org = ({ id, name }: { id: number; name: string }) => ({ id: String(id), name });
	return {
		EventReport: reportShape(report),
		Event: {
			id: String(event.id),
			orgc_id: String(event.orgc.id),
			org_id: String(event.org.id),
			info: event.info,
			user_id: String(event.creator.id),
			date: event.date,
			Org: org(event.org),
			Orgc: org(event.orgc),
		},
		SharingGroup: { id: null, name: null, uuid: null },
	};
}

function index(call: Call): Answer {
	const params = { ...call.named, ...fields(call) };
	const eventId = textOf(params['event_id']);
	const deleted = params['context'] === 'deleted';
	const found = call.server.reports.reports.filter(
		(report) =>
			report.deleted === deleted &&
			maySee(call.user, report.event) &&
			(eventId === undefined || String(report.event.id) === eventId),
	);
	return ok(found.map((report) => ({ ...shape(report), RelationshipInbound: [] })));
}

function pick(call: Call): EventReport {
	const report = call.server.reports.find(call.args[0]);
	if (!report || !maySee(call.user, report.event)) throw notFound('Invalid report');
	return report;
}

function changeable(call: Call): EventReport {
	const report = pick(call);
	if (!mayModify(call.user, report.event)) throw new MispError(403, 'Insufficient permissions to edit this report.');
	return report;
}

const DESCRIPTION = {
	name: '/event_reports/add API description',
	description: 'POST a report in JSON format to create a report for the provided event',
	mandatory_fields: ['name'],
	optional_fields: ['distribution', 'content'],
	url: '/event_reports/add',
};

function add(call: Call): Answer {
	if (call.method === 'GET') return ok(DESCRIPTION);
	const [eventId] = call.args;
	if (eventId === undefined) throw notAllowed('No event ID set.');
	const event = call.server.store.event(eventId);
	if (!event || !maySee(call.user, event)) throw notFound('Invalid event');
	if (!mayModify(call.user, event)) throw new MispError(403, 'Insufficient permissions to add a report to this event.');
	const refuse = (errors: string): Answer => refused('Could not add EventReport', '/event_reports/add', errors);
	// The event's UUID is found and then stored as its id.
	if (!/^\d+$/.test(eventId)) return refuse('numeric');
	const given = fields(call, 'EventReport');
	const name = textOf(given['name']);
	if (name === undefined || name === '') return refuse('This field cannot be left blank');
	const distribution = numberOf(given['distribution']) ?? 5;
	if (distribution < 0 || distribution > 5) return refuse(OPTIONS);
	const { store } = call.server;
	const report = call.server.reports.add({
		event,
		name,
		content: textOf(given['content']) ?? '',
		distribution,
		timestamp: store.now(),
	});
	store.touch(event);
	return ok(shape(report));
}

function edit(call: Call): Answer {
	const report = changeable(call);
	const given = fields(call, 'EventReport');
	report.name = textOf(given['name']) ?? report.name;
	report.content = textOf(given['content']) ?? report.content;
	report.distribution = numberOf(given['distribution']) ?? report.distribution;
	report.timestamp = call.server.store.now();
	call.server.store.touch(report.event);
	return ok(shape(report));
}

function remove(call: Call): Answer {
	const report = changeable(call);
	const hard = isOn(call.args[1]);
	report.deleted = true;
	report.timestamp = call.server.store.now();
	call.server.store.touch(report.event);
	if (hard) call.server.reports.delete(report);
	return saved(
		`Event Report ${report.id} ${hard ? 'hard' : 'soft'} deleted`,
		`/event_reports/delete/${report.id}`,
		String(report.id),
	);
}

function restore(call: Call): Answer {
	const report = changeable(call);
	report.deleted = false;
	report.timestamp = call.server.store.now();
	call.server.store.touch(report.event);
	return saved(`Event Report ${report.id} restored`, `/event_reports/restore/${report.id}`, String(report.id));
}

export const eventReports: Controller = {
	index: { run: index },
	view: { run: (call) => ok({ ...shape(pick(call)), RelationshipInbound: [] }) },
	add: { needs: 'add', run: add },
	edit: { needs: 'modify', run: edit },
	delete: { needs: 'modify', post: AJAX, run: remove },
	restore: { needs: 'modify', post: AJAX, run: restore },
};
