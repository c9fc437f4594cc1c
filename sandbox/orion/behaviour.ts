/**
 * What isn't publicly known about Orion, so that a client must bear either way.
 * All of it may be changed while the server runs.
 */
export interface Behaviour {
	/**
	 * What becomes of a batch that holds an IOC Orion won't take: HTTP 400 for all of it, HTTP 200 with `success: false`
	 * for all of it, or an ordinary answer whose count is lower because the rest was stored.
	 */
	refusal: 'http400' | 'successFalse' | 'skips';
	/** Most IOCs in one call: larger ones get 413. No limit is public. */
	maxBatch: number;
	/** Whether the vendor's short names (`Hash`, `IP`, …) work in paths beside the long ones. */
	shortTypeNames: boolean;
	/** Field names of indicators: as the vendor's page prints them (`MUID`), or in camel case as seen elsewhere (`muid`). */
	fieldCase: 'documented' | 'camel';
	/** Which of the two osQuery calls returns the link to the result; the only public code contradicts itself. */
	osQueryLink: 'state' | 'info';
	/** How many times an osQuery operation is found unfinished before it is done. */
	osQueryPolls: number;
}

export function defaultBehaviour(): Behaviour {
	return {
		refusal: 'http400',
		maxBatch: Infinity,
		shortTypeNames: true,
		fieldCase: 'documented',
		osQueryLink: 'state',
		osQueryPolls: 1,
	};
}
