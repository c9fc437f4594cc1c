/** When and how often a request is sent again. All of it is data, so that a reader learns the rules from the table. */
export interface RetryPolicy {
	/** Tries in all, the first one included. */
	attempts: number;
	firstDelayMs: number;
	factor: number;
	maxDelayMs: number;
	/** A server that asks for a longer pause than this is not waited for: the user learns how long it asked for. */
	maxServerDelayMs: number;
}

export const patient: RetryPolicy = {
	attempts: 5,
	firstDelayMs: 500,
	factor: 2,
	maxDelayMs: 15_000,
	maxServerDelayMs: 120_000,
};

/** How long to wait before try number `attempt + 1`, in ms, or undefined where waiting is over. Jitter in [0, 1) spreads the workers. */
export function delayBefore(
	policy: RetryPolicy,
	attempt: number,
	serverDelayMs: number | undefined,
	jitter: number,
): number | undefined {
	if (attempt >= policy.attempts) return undefined;
	if (serverDelayMs !== undefined) {
		return serverDelayMs <= policy.maxServerDelayMs ? serverDelayMs : undefined;
	}
	const backoff = Math.min(policy.maxDelayMs, policy.firstDelayMs * policy.factor ** (attempt - 1));
	return Math.round(backoff * (0.75 + 0.5 * jitter));
}

/**
 * The pause a server asked for, in ms: Retry-After in seconds or as an HTTP date, or X-Rate-Limit-Reset in seconds, which
 * MISP sends alone (2.5.1). Header names in lower case.
 */
export function serverDelay(headers: Record<string, unknown>, now: number): number | undefined {
	const retryAfter = headers['retry-after'];
	if (typeof retryAfter === 'string' || typeof retryAfter === 'number') {
		const seconds = Number(retryAfter);
		if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
		const date = Date.parse(String(retryAfter));
		if (!Number.isNaN(date)) return Math.max(0, date - now);
	}
	const reset = Number(headers['x-rate-limit-reset'] ?? Number.NaN);
	return Number.isFinite(reset) ? Math.max(0, reset * 1000) : undefined;
}

export interface Tried {
	/** True where the same request may succeed a moment later. */
	transient: boolean;
	serverDelayMs?: number | undefined;
}

/** Repeats `attempt` while it comes back transient and the policy allows; resolves to the last answer, good or bad. */
export async function withRetry<Result extends Tried>(
	policy: RetryPolicy,
	pause: (ms: number) => Promise<void>,
	attempt: () => Promise<Result>,
): Promise<Result> {
	for (let tries = 1; ; tries++) {
		const result = await attempt();
		if (!result.transient) return result;
		const delay = delayBefore(policy, tries, result.serverDelayMs, Math.random());
		if (delay === undefined) return result;
		await pause(delay);
	}
}
