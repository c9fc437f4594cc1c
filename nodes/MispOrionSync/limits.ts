/** Limits of the sync node, in one place. */
export const limits = {
	/** Attributes per page. MISP reads larger ones a little faster, but n8n does nothing else while it parses one, and memory holds three. */
	attributesPerPage: 2_200,
	/** Events are read together as long as their attributes fit one page, with some room for deleted ones, which MISP doesn't count. */
	attributesPerSlice: 2_000,
	eventsPerSlice: 200,
	/** Pages being sent at once. At least two: what the first leaves over fills up a batch of the second. */
	pagesInHand: 2,
	/** Attributes to work on from which memory is worth tidying up before. */
	tidyUpFrom: 2_000,
	/** IOCs not imported that are listed, over all events; the rest is counted. */
	listed: 1_000,
	/** Days left below which reconcile renews an IOC. */
	renewBeforeDays: 30,
} as const;
