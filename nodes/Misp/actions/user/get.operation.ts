import { eachItem } from '../../call';
import { chosenUser } from '../../descriptions/chosen';
import { simplify } from '../../descriptions/outputForm';
import { compactUser, fullUser, viewUser } from './users';

/** GET /admin/users/view/{id} */
export const get = eachItem({
	name: 'Get',
	action: 'Get a user',
	description: 'Get one user, without keys and passwords. Needs an admin’s key.',
	fields: [chosenUser, simplify],
	async execute({ item, misp }) {
		const row = await viewUser(misp, item.locator('user'));
		return item.flag('simple') ? compactUser(row) : fullUser(row);
	},
});
