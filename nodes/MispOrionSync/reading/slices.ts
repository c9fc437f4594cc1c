export interface SliceSize {
	attributes: number;
	events: number;
}

/**
 * Parts the events into slices whose attributes fit one page, in their order. An event with more than that makes a slice of its own
 * and is read in several pages.
 */
export function slicesOf<Event extends { readonly attributeCount: number }>(
	events: readonly Event[],
	most: SliceSize,
): Event[][] {
	const slices: Event[][] = [];
	let slice: Event[] = [];
	let attributes = 0;
	for (const event of events) {
		if (slice.length > 0 && (slice.length >= most.events || attributes + event.attributeCount > most.attributes)) {
			slices.push(slice);
			slice = [];
			attributes = 0;
		}
		slice.push(event);
		attributes += event.attributeCount;
	}
	return slice.length > 0 ? [...slices, slice] : slices;
}
