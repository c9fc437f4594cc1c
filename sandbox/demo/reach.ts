import axios, { isAxiosError } from 'axios';
import { Agent } from 'node:https';
import type { DemoOptions } from './options';

/** A server of the settings that cannot be reached. The message says which setting, and why. */
export class NoAnswer extends Error {}

const TIMEOUT_MS = 15_000;

/** Throws {@link NoAnswer} unless every server of the settings gives some answer: known at once, not after n8n was installed and started. */
export async function expectAnswers({ misp, orion }: DemoOptions): Promise<void> {
	if (misp) await expectAnswer('MISP_URL', misp.url, !misp.allowUnauthorizedCerts);
	if (orion) {
		await expectAnswer('ORION_TOKEN_URL', orion.tokenUrl);
		await expectAnswer('ORION_API_URL', orion.apiUrl);
	}
}

async function expectAnswer(setting: string, url: string, rejectUnauthorized = true): Promise<void> {
	try {
		await axios.get(url, {
			timeout: TIMEOUT_MS,
			maxRedirects: 0,
			validateStatus: () => true,
			responseType: 'text',
			httpsAgent: new Agent({ rejectUnauthorized }),
		});
	} catch (error) {
		if (!isAxiosError(error)) throw error;
		throw new NoAnswer(`${setting}, ${url}, cannot be reached: ${error.message || error.code || 'no answer'}`);
	}
}
