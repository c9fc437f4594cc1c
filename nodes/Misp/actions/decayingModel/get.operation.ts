import { eachItem } from '../../call';
import { chosenDecayingModel } from '../../descriptions/chosen';
import { simplify } from '../../descriptions/outputForm';
import { find } from '../lookup';
import { compactDecayingModel } from './decayingModels';

/** GET /decayingModel/index: there the model has its attribute types, which a view of it lacks (2.5.1). */
export const get = eachItem({
	name: 'Get',
	action: 'Get a decaying model',
	description: 'Get one decaying model with its parameters',
	fields: [chosenDecayingModel, simplify],
	async execute({ item, misp }) {
		const { entry } = await find(misp, 'decayingModel', item.locator('decayingModel'));
		return item.flag('simple') ? compactDecayingModel(entry) : entry;
	},
});
