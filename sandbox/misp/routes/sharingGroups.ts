import { isRecord } from '../../json';
import { MispError, notAllowed, notFound, ok, refused, saved, type Answer } from '../answers';
import { isSiteAdmin } from '../auth';
import { fields, textOf, type Call, type Controller } from '../call';
import { asList, isOn } from '../filters';
import type { Organisation, User } from '../model';
import { organisationShape } from '../organisationShape';
import { organisationStub, sharingGroupHead, type SharingGroup } from '../sharingGroups';
import { sqlDate } from '../time';

function sees(user: User, { org, members }: SharingGroup): boolean {
	return isSiteAdmin(user) || org === user.org || members.some((member) => member.org === user.org);
}

const changes = (user: User, { org }: SharingGroup): boolean => isSiteAdmin(user) || org === user.org;

function memberShapes(
	{ id, members }: SharingGroup,
	extra: (org: Organisation) => Record<string, unknown> = () => ({}),
) {
	return members.map(({ org, extend }, position) => ({
		id: String(id * 100 + position),
		sharing_group_id: String(id),
		org_id: String(org.id),
		extend,
		Organisation: { ...organisationStub(org), ...extra(org) },
	}));
}

/** A group that does not roam lists this server (id 0). */
const serverShapes = ({ id, roaming }: SharingGroup) =>
	roaming ? [] : [{ id: String(id), sharing_group_id: String(id), server_id: '0', all_orgs: false }];
const written = (group: SharingGroup) => ({
	SharingGroup: sharingGroupHead(group),
	SharingGroupOrg: memberShapes(group),
	SharingGroupServer: serverShapes(group),
	Organisation: organisationStub(group.org),
});

/** `/sharing_groups/index/true` for the passive ones. */
function index(call: Call): Answer {
	const passive = isOn(call.args[0]);
	const found = call.server.sharingGroups.groups
		.filter((group) => group.active !== passive && sees(call.user, group))
		.sort((first, second) => first.name.localeCompare(second.name));
	return ok({
		response: found.map((group) => {
			const { id, uuid, name, description, releasability, active, roaming } = group;
			return {
				SharingGroup: {
					id: String(id),
					uuid,
					name,
					description,
					releasability,
					local: false,
					active,
					roaming,
					org_count: String(group.members.length),
				},
				Organisation: organisationStub(group.org),
				SharingGroupOrg: memberShapes(group),
				SharingGroupServer: serverShapes(group),
				editable: changes(call.user, group),
				deletable: changes(call.user, group),
			};
		}),
	});
}

const HIDDEN = 'Sharing group doesn&#039;t exist or you do not have permission to access it.';

function view(call: Call): Answer {
	const group = call.server.sharingGroups.find(call.args[0]);
	if (!group || !sees(call.user, group)) throw notAllowed(HIDDEN);
	return ok({
		SharingGroup: {
			...sharingGroupHead(group),
			sync_org_name: group.org.name,
			sync_org: organisationStub(group.org),
		},
		Organisation: organisationShape(group.org),
		SharingGroupOrg: memberShapes(group, ({ local }) => ({ local })),
		SharingGroupServer: serverShapes(group),
	});
}

const DESCRIPTION = {
	name: '/sharing_groups/add API description',
	description: 'POST a Sharing Group object in JSON format to this API to add a Sharing Group.',
	mandatory_fields: ['name', 'releasability'],
	optional_fields: ['description', 'uuid', 'organisation_uuid', 'active', 'created', 'modified', 'roaming'],
	url: '/sharing_groups/add',
};

function membersSent(call: Call, given: Readonly<Record<string, unknown>>): SharingGroup['members'] {
	return asList(given['SharingGroupOrg'])
		.filter(isRecord)
		.flatMap((member) => {
			const sent = isRecord(member['Organisation']) ? member['Organisation'] : {};
			const org = call.server.store.organisation(sent['uuid'] ?? member['org_id'] ?? sent['name']);
			return org ? [{ org, extend: isOn(member['extend']) }] : [];
		});
}

/** A name that is taken gets a number behind it. */
function add(call: Call): Answer {
	if (call.method === 'GET') return ok(DESCRIPTION);
	const given = fields(call, 'SharingGroup');
	const name = textOf(given['name']);
	if (name === undefined || name === '')
		return refused('Could not add SharingGroup', '/sharing_groups/add', 'Could not save sharing group.');
	const taken = call.server.sharingGroups.groups.some((group) => group.name === name);
	const uuid = textOf(given['uuid']);
	return ok(
		written(
			call.server.sharingGroups.add({
				name: taken ? `${name}_${1000 + call.server.sharingGroups.groups.length}` : name,
				org: call.user.org,
				releasability: textOf(given['releasability']) ?? '',
				description: textOf(given['description']) ?? '',
				active: given['active'] === undefined ? true : isOn(given['active']),
				roaming: isOn(given['roaming']),
				members: membersSent(call, given),
				...(uuid === undefined ? {} : { uuid }),
			}),
		),
	);
}

function edit(call: Call): Answer {
	const group = call.server.sharingGroups.find(call.args[0]);
	if (!group || !changes(call.user, group)) throw notFound('Invalid sharing group.');
	const given = fields(call, 'SharingGroup');
	group.name = textOf(given['name']) ?? group.name;
	group.releasability = textOf(given['releasability']) ?? group.releasability;
	group.description = textOf(given['description']) ?? group.description;
	if (given['active'] !== undefined) group.active = isOn(given['active']);
	if (given['roaming'] !== undefined) group.roaming = isOn(given['roaming']);
	group.modified = sqlDate();
	return ok(written(group));
}

function remove(call: Call): Answer {
	const group = call.server.sharingGroups.find(call.args[0]);
	if (!group || !changes(call.user, group)) throw notAllowed('Action not allowed.');
	const url = `/sharing_groups/delete/${group.id}`;
	const used = [...call.server.store.events.values()].some(
		({ distribution, sharingGroupId }) => distribution === 4 && sharingGroupId === group.id,
	);
	if (used)
		return refused('Could not delete SharingGroup', url, 'The sharing group could not be deleted.', String(group.id));
	call.server.sharingGroups.delete(group);
	return saved('SharingGroup deleted', url, String(group.id));
}

function membership(call: Call): { group: SharingGroup; org: Organisation } {
	const given = fields(call);
	const group = call.server.sharingGroups.find(call.args[0] ?? given['sg_id']);
	if (!group || !changes(call.user, group)) throw notAllowed('Invalid sharing group or no editing rights.');
	const org = call.server.store.organisation(call.args[1] ?? given['org_id']);
	if (!org) throw notAllowed('Invalid organisation.');
	return { group, org };
}

function addOrg(call: Call): Answer {
	const { group, org } = membership(call);
	const url = '/sharing_groups/addOrg';
	if (group.members.some((member) => member.org === org))
		return refused('Could not add Organisation to SharingGroup', url, 'Organisation is already in the sharing group.');
	group.members = [...group.members, { org, extend: isOn(fields(call)['extend'] ?? call.args[2]) }];
	return saved('Organisation added to the sharing group.', url);
}

function removeOrg(call: Call): Answer {
	const { group, org } = membership(call);
	const url = '/sharing_groups/removeOrg';
	if (!group.members.some((member) => member.org === org))
		return refused('Could not remove Organisation from SharingGroup', url, 'Organisation is not in the sharing group.');
	group.members = group.members.filter((member) => member.org !== org);
	return saved('Organisation removed from the sharing group.', url);
}

const noServer = (): never => {
	throw new MispError(405, 'Invalid Server.');
};

export const sharingGroups: Controller = {
	index: { run: index },
	view: { run: view },
	add: { needs: 'sharing_group', run: add },
	edit: { needs: 'sharing_group', run: edit },
	delete: { needs: 'sharing_group', run: remove },
	addOrg: { needs: 'sharing_group', run: addOrg },
	removeOrg: { needs: 'sharing_group', run: removeOrg },
	addServer: { needs: 'sharing_group', run: noServer },
	removeServer: { needs: 'sharing_group', run: noServer },
};
