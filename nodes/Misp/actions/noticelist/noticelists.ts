import type { IDataObject } from 'n8n-workflow';
import { pick } from '../../json';

export const compactNoticelist = (list: IDataObject): IDataObject =>
	pick(list, ['id', 'name', 'expanded_name', 'ref', 'geographical_area', 'version', 'enabled']);
