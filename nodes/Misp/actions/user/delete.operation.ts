import { eachItem } from '../../call';
import { chosenUser } from '../../descriptions/chosen';
import { asRecord, asText } from '../../json';
import { viewUser } from './users';

/** POST /admin/users/delete/{id} */
export const deleteUser = eachItem({
	name: 'Delete',
	action: 'Delete a user',
	description: 'Delete a user and the user’s keys. MISP recommends to disable users instead. Needs an admin’s key.',
	destructive: true,
	fields: [chosenUser],
	async execute({ item, misp }) {
		const user = asRecord((await viewUser(misp, item.locator('user'))).User);
		await misp.create(`/admin/users/delete/${asText(user.id)}`, {});
		return { id: asText(user.id), email: asText(user.email), deleted: true };
	},
});
