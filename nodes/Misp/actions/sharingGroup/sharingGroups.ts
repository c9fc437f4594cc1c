import type { IDataObject } from 'n8n-workflow';
import { asRecord, asRecords, asText, pick } from '../../json';

/** A sharing group as items carry it; `row` is what MISP answers, with the organisations beside the group. */
export const compactSharingGroup = (row: IDataObject): IDataObject => ({
	...pick(asRecord(row.SharingGroup), [
		'id',
		'uuid',
		'name',
		'description',
		'releasability',
		'active',
		'roaming',
		'local',
	]),
	owner: asText(asRecord(row.Organisation).name),
	organisations: asRecords(row.SharingGroupOrg).map(({ Organisation, extend }) => ({
		...pick(asRecord(Organisation), ['id', 'uuid', 'name']),
		may_extend: extend === true,
	})),
});
