/** Limits of the MISP node, in one place. */
export const limits = {
	/** Attributes per page: above this a page takes MISP no less time per row, and n8n more memory. */
	attributePage: 10_000,
	/** Events per page, without their attributes. */
	eventPage: 500,
	/** Objects per page, with their attributes. */
	objectPage: 1_000,
	/** Proposals per page. */
	proposalPage: 500,
	/** UUIDs named in one search. */
	uuidsPerSearch: 500,
	/** Values looked for by one search. */
	valuesPerSearch: 1_000,
	/** Attributes tagged by one request of MISP's bulk endpoint. */
	attributesPerBulkTag: 500,
	/** Requests under way at once, where each works on one thing. MISP gains little beyond 4 (21 detached tags/s with 4, 23 with 8). */
	concurrency: 4,
	/** From here on the bulk endpoint is worth its look-up. */
	bulkTagFrom: 5,
	/** Attributes added by one request: MISP saves some 500/s. */
	attributesPerAdd: 1_000,
	/** For requests that write much or convert much: 50,000 attributes take MISP a minute and a half to save. */
	longTimeoutMs: 15 * 60_000,
	/** How often to look whether a background job has come to an end. */
	pollMs: 1_000,
	/** How often to look whether an event is published: a worker takes about a second. */
	publishPollMs: 300,
	/** What a trigger reads again at each poll, in seconds (50,000 attributes take MISP 94 s to write), and how many keys it remembers. */
	trigger: { overlap: 900, remembered: 10_000, most: 100_000 },
} as const;
