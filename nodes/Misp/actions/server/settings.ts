import type { IDataObject } from 'n8n-workflow';
import { asRecord, asRecords, asText } from '../../json';
import type { Misp } from '../../transport/connect';
import { isSecret, masked } from './secrets';

/** How much a setting matters, in MISP's own order. */
const levels: Record<string, string> = { '0': 'critical', '1': 'recommended', '2': 'optional', '3': 'deprecated' };

export interface Setting extends IDataObject {
	setting: string;
	level: string;
	/** Masked where it is a secret. */
	value: IDataObject[string];
	secret: boolean;
	/** MISP's words where it finds fault with the value; '' where it does not. */
	error: string;
	type: string;
	tab: string;
}

/** GET /servers/serverSettings.json: the whole configuration, with what MISP thinks of it. Secrets are masked here. */
export async function readSettings(misp: Misp): Promise<Setting[]> {
	const { body } = await misp.get('/servers/serverSettings.json');
	return asRecords(asRecord(body).finalSettings).map((found) => {
		const setting = asText(found.setting);
		const secret = isSecret(setting) || found.redacted === true;
		return {
			setting,
			level: levels[asText(found.level)] ?? asText(found.level),
			value: secret ? masked(found.value) : found.value,
			secret,
			error: asText(found.errorMessage),
			type: asText(found.type),
			tab: asText(found.tab),
		};
	});
}
