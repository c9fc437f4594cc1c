import type { User } from './model';

/** A tag to attach when seeding: its name for a global one, or with `local` spelt out. */
export type TagSeed =
	| string
	| {
			readonly name: string;
			readonly local?: boolean;
			readonly colour?: string;
			readonly relationship?: string;
	  };

export interface AttributeSeed {
	readonly type: string;
	readonly value: string;
	readonly category?: string;
	readonly to_ids?: boolean;
	readonly comment?: string;
	readonly deleted?: boolean;
	readonly timestamp?: number;
	readonly uuid?: string;
	readonly first_seen?: string;
	readonly last_seen?: string;
	readonly distribution?: number;
	readonly sharingGroupId?: number;
	readonly disableCorrelation?: boolean;
	readonly objectId?: number;
	readonly objectRelation?: string;
	readonly tags?: readonly TagSeed[];
}

export interface EventSeed {
	readonly info: string;
	readonly uuid?: string;
	/** 1 High, 2 Medium, 3 Low, 4 Undefined (the default). */
	readonly threatLevel?: number;
	readonly analysis?: number;
	readonly published?: boolean;
	readonly date?: string;
	readonly distribution?: number;
	readonly sharingGroupId?: number;
	/** Name of the creating organisation (orgc), made when unknown; the host organisation when left out. */
	readonly org?: string;
	readonly creator?: User;
	readonly timestamp?: number;
	readonly publishTimestamp?: number;
	readonly extendsUuid?: string;
	readonly locked?: boolean;
	readonly disableCorrelation?: boolean;
	readonly tags?: readonly TagSeed[];
	readonly attributes?: Iterable<AttributeSeed>;
}
