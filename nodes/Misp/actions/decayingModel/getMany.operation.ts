import { eachItem } from '../../call';
import { allOrLimit, takeLimit } from '../../../shared/allOrLimit';
import { onlyEnabled, searchText, wantsState } from '../../descriptions/listFilters';
import { simplify } from '../../descriptions/outputForm';
import { listAll, mentions } from '../../transport/lists';
import { compactDecayingModel } from './decayingModels';

/** GET /decayingModel/index */
export const getMany = eachItem({
	name: 'Get Many',
	action: 'Get many decaying models',
	description: 'Get the decaying models: how indicators lose their score with time',
	fields: [...allOrLimit, searchText('Part of the name or description'), onlyEnabled, simplify],
	async execute({ item, misp }) {
		const models = (await listAll(misp, 'decayingModel')).map(({ entry }) => entry);
		const wanted = models.filter(
			(model) => wantsState(item, model.enabled) && mentions(model, ['name', 'description'], item.text('searchText')),
		);
		return takeLimit(item, wanted).map((model) => (item.flag('simple') ? compactDecayingModel(model) : model));
	},
});
