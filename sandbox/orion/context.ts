import type { Behaviour } from './behaviour';
import type { Clock } from './clock';
import type { Estate } from './estate';
import type { Indicators } from './indicators';
import type { IocStore } from './iocs/store';
import type { Permissions } from './permissions';

/** Calls answered with success, and what they did. */
export interface Counts {
	importCalls: number;
	imported: number;
	refusedCalls: number;
	eraseCalls: number;
	erased: number;
}

/** All that the routes share. */
export interface Orion {
	readonly clock: Clock;
	readonly behaviour: Behaviour;
	readonly permissions: Permissions;
	readonly iocs: IocStore;
	/** Values that are refused though well formed, in lower case. */
	readonly refusedValues: Set<string>;
	readonly counts: Counts;
	readonly estate: Estate;
	readonly indicators: Indicators;
	/** Rows of the data lake, by table name as the vendor prints it. */
	readonly tables: Map<string, Array<Record<string, unknown>>>;
}
