/** Limits of the Orion node, in one place. What Orion itself allows is not public. */
export const limits = {
	/** IOCs per request: what was seen to work on a tenant. */
	batchSize: 100,
	/** Requests under way at once. */
	concurrency: 4,
	/** After so many batches in a row that Orion was not available for, even with retries, no more are sent. */
	batchesWithoutAnswer: 2,
	/** After so many IOCs refused one by one, and none accepted, it is looked into whether Orion refuses all of their type. */
	refusalsToDoubt: 10,
	/** How many IOCs are tried for that. */
	refusalSample: 20,
	/** IOCs not imported that an event's result lists; the rest is counted. */
	listed: 1_000,
	/** Computers isolated or restarted per request. */
	computersPerRequest: 50,
} as const;
