import type { IDataObject } from 'n8n-workflow';
import { asRecord, pick } from '../../json';

/** A decaying model as items carry it; lifetime in days, threshold and base score from 0 to 100. */
export const compactDecayingModel = (model: IDataObject): IDataObject => ({
	...pick(model, ['id', 'name', 'description', 'enabled', 'default', 'formula', 'attribute_types']),
	...pick(asRecord(model.parameters), ['lifetime', 'decay_speed', 'threshold']),
});
