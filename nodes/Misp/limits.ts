/** Limits of the MISP node, in one place. */
export const limits = {
	/** Attributes per page: above this a page takes MISP no less time per row, and n8n more memory. */
	attributePage: 10_000,
	/** Events per page, without their attributes. */
	eventPage: 500,
	/** UUIDs named in one search. */
	uuidsPerSearch: 500,
	/** Attributes tagged by one request of MISP's bulk endpoint. */
	attributesPerBulkTag: 500,
	/** Requests under way at once, where each works on one thing. MISP gains little beyond 4 (21 detached tags/s with 4, 23 with 8). */
	concurrency: 4,
	/** From here on the bulk endpoint is worth its look-up. */
	bulkTagFrom: 5,
	/** How often to look whether a background job has come to an end. */
	pollMs: 1_000,
} as const;
