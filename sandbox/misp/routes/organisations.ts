import { notAllowed, notFound, ok, refused, saved, type Answer } from '../answers';
import { isSiteAdmin } from '../auth';
import { fields, textOf, type Call, type Controller } from '../call';
import { isOn } from '../filters';
import type { Organisation } from '../model';
import { organisationShape } from '../organisationShape';
import { sqlDate } from '../time';
import { isUuid } from '../uuid';

/** Who made it is told to site admins only. */
function listed(call: Call, org: Organisation) {
	const { created_by, ...shape } = organisationShape(org);
	const count = {
		user_count: String(call.server.store.users.filter((user) => user.org === org).length),
	};
	if (!isSiteAdmin(call.user)) return { ...shape, ...count };
	const maker = call.server.store.users.find(({ id }) => id === org.createdBy);
	return { ...shape, created_by, ...count, created_by_email: maker?.email ?? 'Unknown' };
}

/** By name; local ones unless `scope:external` or `scope:all`. */
function index(call: Call): Answer {
	const params = { ...call.named, ...fields(call) };
	const scope = textOf(params['scope']) ?? 'local';
	const word = (textOf(params['searchall']) ?? '').toLowerCase();
	const found = call.server.store.organisations
		.filter((org) => (scope === 'all' || org.local === (scope !== 'external')) && org.name.toLowerCase().includes(word))
		.sort((first, second) => first.name.localeCompare(second.name));
	return ok(found.map((org) => ({ Organisation: listed(call, org) })));
}

function pick(call: Call): Organisation {
	const org = call.server.store.organisation(call.args[0]);
	if (!org) throw notFound('Invalid organisation');
	return org;
}

/** By id, UUID or name. */
function view(call: Call): Answer {
	const { landingpage: _landingpage, ...shape } = listed(call, pick(call));
	return ok({ Organisation: shape });
}

function errorsOf(
	call: Call,
	given: Readonly<Record<string, unknown>>,
	except?: Organisation,
): Record<string, string[]> | undefined {
	const { name, uuid } = given;
	if (typeof uuid === 'string' && !isUuid(uuid)) return { uuid: ['Please provide a valid RFC 4122 UUID'] };
	const namesake = call.server.store.organisations.find((org) => org !== except && org.name === name);
	return namesake ? { name: ['An organisation with this name already exists.'] } : undefined;
}

function assign(org: Organisation, given: Readonly<Record<string, unknown>>): Organisation {
	org.name = textOf(given['name']) ?? org.name;
	org.description = textOf(given['description']) ?? org.description;
	org.type = textOf(given['type']) ?? org.type;
	org.nationality = textOf(given['nationality']) ?? org.nationality;
	org.sector = textOf(given['sector']) ?? org.sector;
	org.contacts = textOf(given['contacts']) ?? org.contacts;
	if (given['local'] !== undefined) org.local = isOn(given['local']);
	org.modified = sqlDate();
	return org;
}

const DESCRIPTION = {
	name: '/admin/organisations/add API description',
	description: 'POST an Organisation object in JSON format to this API to create a new organsiation.',
	mandatory_fields: ['name'],
	optional_fields: ['description', 'type', 'nationality', 'sector', 'uuid', 'contacts', 'local'],
	url: '/admin/organisations/add',
};

/** The name is not in fact mandatory. */
function add(call: Call): Answer {
	if (call.method === 'GET') return ok(DESCRIPTION);
	const given = fields(call, 'Organisation');
	const errors = errorsOf(call, given);
	if (errors) return refused('Could not add Organisation', '/admin/organisations/add', errors);
	const uuid = textOf(given['uuid']);
	return ok({
		Organisation: organisationShape(
			assign(
				call.server.store.addOrganisation({
					name: textOf(given['name']) ?? '',
					createdBy: call.user.id,
					...(uuid === undefined ? {} : { uuid }),
				}),
				given,
			),
		),
	});
}

function edit(call: Call): Answer {
	const org = pick(call);
	const given = fields(call, 'Organisation');
	const errors = errorsOf(call, given, org);
	if (errors) return refused('Could not edit Organisation', '/admin/organisations/edit', errors);
	return ok({
		Organisation: { ...organisationShape(assign(org, given)), restricted_to_domain: [] },
	});
}

function remove(call: Call): Answer {
	if (call.method === 'GET') throw notAllowed('Action not allowed, post or delete request expected.');
	const org = pick(call);
	const { store } = call.server;
	const used =
		store.users.some((user) => user.org === org) ||
		[...store.events.values()].some((event) => event.org === org || event.orgc === org);
	const url = `/admin/organisations/delete/${org.id}`;
	// With events or users it is refused, and no reason given.
	if (used) return refused('Could not delete Organisation', url, [], String(org.id));
	store.organisations.splice(store.organisations.indexOf(org), 1);
	return saved('Organisation deleted', url, String(org.id));
}

export const organisations: Controller = {
	index: { run: index },
	view: { run: view },
	adminAdd: { needs: 'site_admin', run: add },
	adminEdit: { needs: 'site_admin', run: edit },
	adminDelete: { needs: 'site_admin', run: remove },
};
