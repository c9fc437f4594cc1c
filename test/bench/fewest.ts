import { limits } from '../../nodes/CytomicOrion/limits';

/** The least that does the whole job, as the bare loop does it: pages as large as MISP reads well, batches as the nodes send them by default. */
export const fewestCalls = {
	pageSize: 10_000,
	batchSize: limits.batchSize,
	concurrency: limits.concurrency,
	iocTypes: 4,
} as const;

/**
 * Requests to upload so many IOCs of as many events, sign-in left aside: pages of attributes (a full one is followed by another, which may be
 * empty), batches per type of IOC, and for each event one to mark it and one to take the tag away.
 */
export function fewestRequests({ iocs, events }: { iocs: number; events: number }): number {
	const pages = Math.floor(iocs / fewestCalls.pageSize) + 1;
	const batches = fewestCalls.iocTypes * Math.ceil(iocs / fewestCalls.iocTypes / fewestCalls.batchSize);
	return pages + batches + 2 * events;
}
