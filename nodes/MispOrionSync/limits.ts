/** Limits of the sync node, in one place. */
export const limits = {
	/** Attributes per page. Half of what MISP reads best in one go: n8n does nothing else while it parses a page. */
	attributesPerPage: 5_500,
	/** Events are read together as long as their attributes fit one page, with some room for deleted ones, which MISP doesn't count. */
	attributesPerSlice: 5_000,
	eventsPerSlice: 200,
	/** Pages being sent at once: the second keeps Orion busy while the first one's last answers come in. */
	pagesInHand: 2,
	/** IOCs not imported that are listed, over all events; the rest is counted. */
	listed: 1_000,
	/** Days left below which reconcile renews an IOC. */
	renewBeforeDays: 30,
} as const;
