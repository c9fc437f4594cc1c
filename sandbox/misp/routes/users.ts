import { HTML_TYPE, MispError, notAllowed, notFound, ok, refused, saved, type Answer } from '../answers';
import { isSiteAdmin, may } from '../auth';
import { fields, numberOf, textOf, type Call, type Controller } from '../call';
import { isOn } from '../filters';
import type { User } from '../model';
import { organisationShape } from '../organisationShape';
import { roleShape } from '../roleShape';

/** Fields that are kept as sent and answered as booleans. */
const SWITCHES = [
	'autoalert',
	'termsaccepted',
	'change_pw',
	'contactalert',
	'notification_daily',
	'notification_weekly',
	'notification_monthly',
] as const;

function head({ id, org, email, role, disabled, extra, created, modified }: User) {
	const on = (key: (typeof SWITCHES)[number], otherwise = false): boolean =>
		extra[key] === undefined ? otherwise : isOn(extra[key]);
	return {
		id: String(id),
		org_id: String(org.id),
		server_id: '0',
		email,
		autoalert: on('autoalert'),
		invited_by: id === 1 ? '0' : '1',
		gpgkey: '',
		certif_public: '',
		nids_sid: String(4_000_000 + id),
		termsaccepted: on('termsaccepted'),
		newsread: '0',
		role_id: String(role.id),
		change_pw: on('change_pw', true),
		contactalert: on('contactalert'),
		disabled,
		expiration: null,
		current_login: '0',
		last_login: '0',
		force_logout: false,
		date_created: String(created),
		date_modified: String(modified),
		last_api_access: '0',
		last_pw_change: String(created),
	};
}

const details = {
	sub: null,
	external_auth_required: false,
	external_auth_key: '',
	notification_daily: false,
	notification_weekly: false,
	notification_monthly: false,
	hotp_counter: null,
	totp_is_set: '0',
};

function viewed(call: Call, user: User): Answer {
	const { server_id: _server, ...shape } = head(user);
	return ok({
		User: {
			...shape,
			password: '*****',
			totp: '*****',
			...details,
			...(call.admin ? { orgAdmins: { 1: 'admin@admin.test' } } : {}),
		},
		Role: roleShape(user.role),
		UserSetting: [],
		Organisation: organisationShape(user.org),
	});
}

function written(user: User, authkey?: string): Answer {
	return ok({
		User: {
			...head(user),
			password: '******',
			totp: null,
			...details,
			...(authkey === undefined ? {} : { authkey }),
		},
	});
}

/** `/users/view/me`, or anybody's of one's own organisation for its admins. */
function view(call: Call): Answer {
	const [wanted = 'me'] = call.args;
	if (wanted === 'me' || wanted === String(call.user.id)) return viewed(call, call.user);
	const user = call.server.store.users.find(({ id }) => String(id) === wanted);
	if (!user || !(isSiteAdmin(call.user) || (may(call.user, 'admin') && user.org === call.user.org)))
		throw notFound('Invalid user or not authorised.');
	return viewed(call, user);
}

/** Org admins see their own organisation's users only. */
const managed = (call: Call): User[] =>
	call.server.store.users.filter((user) => isSiteAdmin(call.user) || user.org === call.user.org);

function index(call: Call): Answer {
	const word = (call.named['value'] ?? textOf(fields(call)['value']) ?? '').toLowerCase();
	const org = call.named['searchorg'] ?? textOf(fields(call)['searchorg']);
	const found = managed(call).filter(
		(user) => user.email.toLowerCase().includes(word) && (org === undefined || String(user.org.id) === org),
	);
	return ok(
		found.map((user) => ({
			User: head(user),
			Role: {
				id: String(user.role.id),
				name: user.role.name,
				perm_auth: may(user, 'auth'),
				perm_site_admin: may(user, 'site_admin'),
				perm_admin: may(user, 'admin'),
			},
			Organisation: { id: String(user.org.id), name: user.org.name },
		})),
	);
}

function pick(call: Call): User {
	const user = managed(call).find(({ id }) => String(id) === call.args[0]);
	if (!user) throw notFound('Invalid user');
	return user;
}

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

function emailErrors(call: Call, email: unknown, except?: User): Record<string, string[]> | undefined {
	if (email === undefined) return undefined;
	if (!EMAIL.test(String(email))) return { email: ['Please enter a valid email address.'] };
	return call.server.store.users.some((user) => user !== except && user.email === email)
		? { email: ['An account with this email address already exists.'] }
		: undefined;
}

function assign(call: Call, user: User, given: Readonly<Record<string, unknown>>): void {
	user.email = textOf(given['email']) ?? user.email;
	user.role = call.server.store.roles.find(({ id }) => id === numberOf(given['role_id'])) ?? user.role;
	user.org = call.server.store.organisations.find(({ id }) => id === numberOf(given['org_id'])) ?? user.org;
	if (given['disabled'] !== undefined) user.disabled = isOn(given['disabled']);
	for (const key of SWITCHES) if (given[key] !== undefined) user.extra[key] = given[key];
	user.modified = call.server.store.now();
}

const ADD_URL = '/admin/users/add';

function add(call: Call): Answer {
	const given = fields(call, 'User');
	const refuse = (errors: unknown): Answer => refused('Could not add User', ADD_URL, errors);
	const email = textOf(given['email']);
	if (email === undefined) return refuse({ email: 'Mandatory field not set.' });
	const roleId = numberOf(given['role_id']) ?? 3;
	if (!call.server.store.roles.some(({ id }) => id === roleId)) throw notAllowed('Invalid role');
	const org = call.server.store.organisations.find(({ id }) => id === (numberOf(given['org_id']) ?? call.user.org.id));
	if (!org) return refuse(['Invalid organisation']);
	const errors = emailErrors(call, email);
	if (errors) return refuse(errors);
	const password = textOf(given['password']);
	if (password !== undefined && password.length < 12)
		return refuse({ password: ['Password length requirement not met.'] });
	const user = call.server.store.addUser({ email, roleId, org });
	assign(call, user, given);
	return written(user, user.key);
}

function edit(call: Call): Answer {
	const user = pick(call);
	const given = fields(call, 'User');
	const errors = emailErrors(call, given['email'], user);
	if (errors) return refused('Could not edit User', `/admin/users/edit/${user.id}`, errors, String(user.id));
	assign(call, user, given);
	return written(user);
}

/** GET is answered with the confirmation dialogue of the web page. */
function remove(call: Call): Answer {
	if (call.method === 'GET')
		return {
			status: 200,
			contentType: HTML_TYPE,
			body: '<div id="genericModal" class="modal hide fade" tabindex="-1" role="dialog"><h3 id="genericModalLabel">Delete user</h3></div>',
		};
	const user = pick(call);
	call.server.store.users.splice(call.server.store.users.indexOf(user), 1);
	return saved('User deleted.', `/admin/users/delete/${user.id}`, String(user.id));
}

function resetAuthKey(call: Call): Answer {
	const [wanted = 'me'] = call.args;
	const user = wanted === 'me' ? call.user : call.server.store.users.find(({ id }) => String(id) === wanted);
	if (!user || (user !== call.user && !may(call.user, 'admin'))) throw notAllowed('Invalid user.');
	const key = call.server.store.renewKey(user);
	return saved(`Authkey updated: ${key}`, `/users/resetauthkey/${wanted}`, wanted);
}

export const users: Controller = {
	view: { run: view },
	resetauthkey: { run: resetAuthKey },
	adminIndex: { needs: 'admin', run: index },
	adminView: { needs: 'admin', run: (call) => viewed(call, pick(call)) },
	adminAdd: { needs: 'admin', run: add },
	adminEdit: { needs: 'admin', run: edit },
	adminDelete: { needs: 'admin', run: remove },
	statistics: {
		run: () => {
			throw new MispError(404, 'Invalid page');
		},
	},
};
