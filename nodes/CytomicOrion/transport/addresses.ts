/**
 * The base of Orion's API, without a slash at the end: …/api/v1. Taken in the form of MISP's plugin settings
 * (https://api.orion.cytomic.ai/api/v1/applications/), in the short form (https://api.orion.cytomic.ai/api/v1), and as the host alone.
 */
export function apiBase(entered: string): string {
	const address = entered
		.trim()
		.replace(/\/+$/, '')
		.replace(/\/applications$/, '')
		.replace(/\/+$/, '');
	return /\/api\/v\d+$/.test(address) ? address : `${address}/api/v1`;
}
