import { notFound, ok, type Answer } from '../answers';
import { fields, numberOf, type Call, type Controller } from '../call';
import { isOn } from '../filters';
import { roleShape } from '../roleShape';

function pick(call: Call) {
	const role = call.server.store.roles.find(({ id }) => String(id) === call.args[0]);
	if (!role) throw notFound('Invalid Role.');
	return role;
}

/** Only the rate limit can be changed here. */
function edit(call: Call): Answer {
	const role = pick(call);
	const given = fields(call, 'Role');
	const count = numberOf(given['rate_limit_count']) ?? 0;
	if (given['enforce_rate_limit'] !== undefined)
		role.searchLimit = isOn(given['enforce_rate_limit']) && count > 0 ? count : undefined;
	return ok({ Role: roleShape(role) });
}

export const roles: Controller = {
	index: {
		run: (call) =>
			ok(
				call.server.store.roles.map((role) => ({
					Role: { ...roleShape(role), default: role.id === 3 },
				})),
			),
	},
	view: { run: (call) => ok({ Role: roleShape(pick(call)) }) },
	adminEdit: { needs: 'site_admin', run: edit },
};
