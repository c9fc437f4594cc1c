export type Downloaded = { readonly text: string } | { readonly failed: string };

const TIMEOUT_MS = 30_000;

export async function download(url: string): Promise<Downloaded> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
		return response.ok ? { text: await response.text() } : { failed: `HTTP ${response.status} from ${url}` };
	} catch (problem) {
		return { failed: `${url}: ${problem instanceof Error ? problem.message : String(problem)}` };
	}
}

/** JSON, or `undefined` when it is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
