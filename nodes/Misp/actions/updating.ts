import type { IDataObject } from 'n8n-workflow';
import { asRecord, asText } from '../json';
import type { Misp } from '../transport/connect';

/** Loads what came with MISP's last update into its database (POST /{controller}/update). */
export async function updateAllOf(misp: Misp, controller: string): Promise<IDataObject> {
	const { body } = await misp.post(`/${controller}/update`, {}, { timeoutMs: 10 * 60_000 });
	const message = asText(asRecord(body).message);
	return { updated: !/up to date already/i.test(message), message };
}
