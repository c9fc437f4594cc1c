import { eachItem } from '../../call';
import { chosenDecayingModel } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /decayingModel/enable/{id} */
export const enable = eachItem({
	name: 'Enable',
	action: 'Enable a decaying model',
	description: 'Enable a decaying model. Needs the decaying permission.',
	fields: [chosenDecayingModel],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'decayingModel',
			wanted: item.locator('decayingModel'),
			on: true,
			send: async (id) => await misp.post(`/decayingModel/enable/${id}`),
		}),
});
