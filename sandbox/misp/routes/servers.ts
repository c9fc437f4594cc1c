import { isRecord } from '../../json';
import { MispError, notFound, ok, refused, saved, type Answer } from '../answers';
import { isSiteAdmin, may } from '../auth';
import { fields, type Call, type Controller } from '../call';
import { settingShape } from '../settings';

const VERSION = '2.5.1';

function getVersion(call: Call): Answer {
	const { user } = call;
	return ok({
		version: VERSION,
		pymisp_recommended_version: VERSION,
		perm_sync: may(user, 'sync'),
		perm_sighting: may(user, 'sighting'),
		perm_galaxy_editor: may(user, 'galaxy_editor'),
		perm_analyst_data: may(user, 'analyst_data'),
		// Told to those who may synchronise.
		uuid: may(user, 'sync') ? call.server.store.instanceUuid : '-',
		request_encoding: ['gzip'],
		filter_sightings: true,
	});
}

const WORKERS: Readonly<Record<string, number>> = {
	cache: 1,
	default: 2,
	email: 1,
	prio: 2,
	update: 1,
};

function getWorkers(call: Call): Answer {
	if (!call.server.jobs.enabled) return ok(['Background jobs not enabled']);
	let pid = 24_213;
	const queues = Object.entries(WORKERS).map(([queue, count]) => [
		queue,
		{
			ok: true,
			workers: Array.from({ length: count }, () => ({
				pid: ++pid,
				user: 'www-data',
				alive: true,
				correct_user: true,
				ok: true,
			})),
			jobCount: call.server.jobs.jobs.filter(({ worker, status }) => worker === queue && status === '0').length,
		},
	]);
	return ok({
		...Object.fromEntries(queues),
		proc_accessible: true,
		controls: true,
		supervisord_status: true,
	});
}

/** With a tab (`/servers/serverSettings/Plugin.json`) MISP sends the same report for an API key. */
function serverSettings(call: Call): Answer {
	return ok(
		{
			version: { current: `v${VERSION}`, newest: `v${VERSION}`, upToDate: 'same' },
			finalSettings: call.server.settings.all().map(settingShape),
		},
		{ 'Content-Disposition': 'attachment; filename="MISP.report.json"' },
	);
}

function getSetting(call: Call): Answer {
	const [name = ''] = call.args;
	const setting = call.server.settings.find(name);
	if (setting === undefined) throw notFound(`Setting ${name} is invalid.`);
	if (setting === 'redacted') throw new MispError(403, 'This setting is redacted.');
	const { level, description, value, test, type } = setting;
	return ok({ level, description, value, test, type, name });
}

function serverSettingsEdit(call: Call): Answer {
	const [name = ''] = call.args;
	const setting = call.server.settings.find(name);
	if (setting === undefined || setting === 'redacted') throw notFound(`Setting ${name} is invalid.`);
	if (call.method === 'GET') return ok({ [name]: setting.value });
	const url = '/servers/serverSettingsEdit';
	const refuse = (errors: string): Answer => refused('Could not serverSettingsEdit Server', url, errors);
	const { value } = fields(call, 'Server');
	if (value === undefined) return refuse('Invalid input. Expected: {"value": "new_setting"}');
	if (name === 'MISP.language' && value !== 'eng') return refuse('Invalid language.');
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
		call.server.settings.set(
			name,
			setting.type === 'boolean' ? value === true || value === 1 || value === '1' || value === 'true' : value,
		);
	}
	if (name !== 'MISP.live') return saved('Field updated', url);
	call.server.store.live = setting.value === true;
	// Turning it off works and still says that it did not.
	return call.server.store.live ? saved('Field updated', url) : refuse('MISP disabled.');
}

function syncRules(call: Call): Answer {
	return ok({
		organisations: call.server.store.organisations.map(({ name }) => name).sort(),
		tags: call.server.store.tags.map(({ name }) => name).sort(),
	});
}

export const servers: Controller = {
	index: { needs: 'sync', run: () => ok([]) },
	getVersion: { run: getVersion },
	getPyMISPVersion: { run: () => ok({ version: VERSION }) },
	getInstanceUUID: { needs: 'sync', run: (call) => ok({ uuid: call.server.store.instanceUuid }) },
	getWorkers: { needs: 'site_admin', run: getWorkers },
	serverSettings: { needs: 'site_admin', run: serverSettings },
	getSetting: { needs: 'site_admin', run: getSetting },
	serverSettingsEdit: {
		needs: (call) => isSiteAdmin(call.user) && (call.body === undefined || isRecord(call.body)),
		run: serverSettingsEdit,
	},
	getAvailableSyncFilteringRules: { needs: 'site_admin', run: syncRules },
};
