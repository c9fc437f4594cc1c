import { type Clock, DAY } from '../clock';
import type { SentIoc } from './reading';
import { ALL_IOC_TYPES, iocKey, type IocType } from './types';

/** An IOC as Orion holds it. A class, so that a million of them stay small. */
export class StoredIoc {
	constructor(
		readonly type: IocType,
		readonly value: string,
		readonly daysToExpiration: number,
		readonly additionalData: string,
		readonly source: string,
		readonly policy: string,
		readonly description: string,
		/** Milliseconds since 1970. */
		readonly importedAt: number,
		private readonly clock: Clock,
	) {}

	/** Milliseconds since 1970; the moment of import itself where no days were given. */
	get expiresAt(): number {
		return this.importedAt + this.daysToExpiration * DAY;
	}

	/** Only an active IOC raises alerts. */
	get active(): boolean {
		return this.expiresAt > this.clock.now();
	}
}

/** Distinct texts remembered at a time: events share theirs among many IOCs. */
const TEXTS = 10_000;

/** What Orion holds, keyed `type:value` (see `iocKey`). */
export class IocStore extends Map<string, StoredIoc> {
	private shared = new Map<string, string>();

	constructor(private readonly clock: Clock) {
		super();
	}

	/** Stores an IOC, over an earlier one of the same type and value. */
	put(type: IocType, sent: SentIoc): StoredIoc {
		const stored = new StoredIoc(
			type,
			sent.value,
			sent.daysToExpiration,
			this.share(sent.additionalData),
			this.share(sent.source),
			this.share(sent.policy),
			this.share(sent.description),
			this.clock.now(),
			this.clock,
		);
		this.set(iocKey(type, sent.value), stored);
		return stored;
	}

	find(type: IocType, value: string): StoredIoc | undefined {
		return this.get(iocKey(type, value));
	}

	/** Whether there was one to erase. */
	erase(type: IocType, value: string): boolean {
		return this.delete(iocKey(type, value));
	}

	/** The active IOCs of whatever type that have this value. */
	activeOf(value: string): StoredIoc[] {
		const found: StoredIoc[] = [];
		for (const type of ALL_IOC_TYPES) {
			const ioc = this.find(type, value);
			if (ioc?.active) found.push(ioc);
		}
		return found;
	}

	private share(text: string): string {
		const known = this.shared.get(text);
		if (known !== undefined) return known;
		if (this.shared.size >= TEXTS) this.shared.clear();
		this.shared.set(text, text);
		return text;
	}
}
