import { internal, notFound, ok, redirect, refused, saved, type Answer } from '../answers';
import { type Call, type Controller } from '../call';
import { isOn } from '../filters';
import type { Noticelist } from '../noticelists';

function shape({ id, name, expandedName, ref, areas, version, enabled }: Noticelist) {
	return {
		id: String(id),
		name,
		expanded_name: expandedName,
		ref,
		geographical_area: areas,
		version,
		enabled,
	};
}

const entries = ({ id, entries: list }: Noticelist) =>
	list.map((data, position) => ({
		id: String(id * 100 + position),
		noticelist_id: String(id),
		data,
	}));
const find = (call: Call): Noticelist | undefined =>
	call.server.noticelists.find(({ id }) => String(id) === call.args[0]);

function view(call: Call): Answer {
	const list = find(call);
	if (!list) throw notFound('Invalid Noticelist.');
	return ok({ Noticelist: { ...shape(list), NoticelistEntry: entries(list) } });
}

function toggleEnable(call: Call): Answer {
	if (call.method === 'GET')
		return refused(
			'Could not toggleEnable Noticelist',
			'/noticelists/toggleEnable',
			'This endpoint expects a POST request.',
		);
	const list = find(call);
	if (!list) throw internal();
	list.enabled = !list.enabled;
	return saved(
		list.enabled ? 'Noticelist enabled.' : 'Noticelist disabled.',
		`/noticelists/toggleEnable/${list.id}`,
		String(list.id),
	);
}

/** `/noticelists/enableNoticelist/{id}/{1|0}`, answered by a redirect. */
function enableNoticelist(call: Call): Answer {
	const list = find(call);
	if (!list) throw notFound('Noticelist not found.');
	list.enabled = call.args[1] === undefined ? !list.enabled : isOn(call.args[1]);
	return redirect(`${call.server.baseUrl}/noticelists/view/${list.id}`);
}

function previewEntries(call: Call): Answer {
	const list = find(call);
	if (!list) throw notFound('Noticelist not found.');
	return ok(entries(list));
}

export const noticelists: Controller = {
	index: {
		run: (call) => ok(call.server.noticelists.map((list) => ({ Noticelist: shape(list) }))),
	},
	view: { run: view },
	toggleEnable: { needs: 'site_admin', run: toggleEnable },
	enableNoticelist: { needs: 'site_admin', run: enableNoticelist },
	preview_entries: { run: previewEntries },
	update: {
		needs: 'site_admin',
		run: () => saved('All noticelists are up to date already.', '/noticelists/update'),
	},
	delete: {
		needs: 'site_admin',
		run: () => {
			throw internal();
		},
	},
};
