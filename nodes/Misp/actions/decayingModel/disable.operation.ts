import { eachItem } from '../../call';
import { chosenDecayingModel } from '../../descriptions/chosen';
import { switchTo } from '../switching';

/** POST /decayingModel/disable/{id} */
export const disable = eachItem({
	name: 'Disable',
	action: 'Disable a decaying model',
	description: 'Disable a decaying model. Needs the decaying permission.',
	fields: [chosenDecayingModel],
	execute: async ({ item, misp }) =>
		await switchTo(misp, {
			what: 'decayingModel',
			wanted: item.locator('decayingModel'),
			on: false,
			send: async (id) => await misp.post(`/decayingModel/disable/${id}`),
		}),
});
