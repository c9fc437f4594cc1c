/** What Orion made of one request. */
export type SendResult =
	/** `counted`: the n of Orion's "n FileHashIoc added"; absent where it said none. */
	| { readonly kind: 'accepted'; readonly counted?: number }
	/** Orion read the request and will not have it, because of one IOC or more in it. */
	| { readonly kind: 'refused'; readonly message: string }
	/** No verdict on the IOCs: an outage, a timeout, no permission. Retries are over. */
	| { readonly kind: 'unavailable'; readonly code: string; readonly message: string };

/** Sends IOCs in one request. It answers with every failure and never throws one. */
export type Send<E> = (entries: readonly E[]) => Promise<SendResult>;
