import { type Clock, DAY, HOUR } from './clock';
import { guid } from './guid';

export interface Computer {
	readonly muid: string;
	readonly machineName: string;
	readonly clientId: string;
	readonly clientName: string;
	/** An offline computer takes a request and carries it out once it is back. */
	online: boolean;
	isolated: boolean;
	reboots: number;
	readonly creationDate: number;
	readonly lastSeen: number;
	/** What an osQuery gives on it. */
	osQueryRows: Array<Record<string, string>>;
}

export interface FileSighting {
	muid: string;
	lastPath: string;
	/** Milliseconds since 1970. */
	firstSeen: number;
	lastSeen: number;
}

export interface KnownFile {
	readonly md5: string;
	readonly fileName: string;
	readonly fileSize: number;
	/** A number that is seen to disagree with the name beside it. */
	readonly classification: number;
	readonly classificationName: string;
	readonly firstSeen: number;
	readonly lastSeen: number;
	readonly seenOn: FileSighting[];
}

/** Something that happened on a computer: a file run, an address or name contacted. */
export interface ComputerEvent {
	muid: string;
	value: string;
	/** Milliseconds since 1970; now when left out. */
	at?: number;
}

type Seed<T, Required extends keyof T> = Pick<T, Required> & Partial<T>;

/** The customer's computers and what was seen on them: all that is searched rather than uploaded. */
export class Estate {
	readonly computers = new Map<string, Computer>();
	/** By MD5 in lower case. */
	readonly files = new Map<string, KnownFile>();
	readonly events: Array<Required<ComputerEvent>> = [];

	constructor(private readonly clock: Clock) {}

	seedComputer(seed: Seed<Computer, 'machineName'>): Computer {
		const now = this.clock.now();
		const clientId = seed.clientId ?? guid('client one');
		const computer: Computer = {
			muid: guid(`${clientId}/${seed.machineName}`),
			clientId,
			clientName: 'Sandbox Client One',
			online: true,
			isolated: false,
			reboots: 0,
			creationDate: now - 200 * DAY,
			lastSeen: now - HOUR,
			osQueryRows: [{ hostname: seed.machineName, platform: 'windows' }],
			...seed,
		};
		this.computers.set(computer.muid, computer);
		return computer;
	}

	seedFile(seed: Seed<KnownFile, 'md5' | 'fileName'>): KnownFile {
		const now = this.clock.now();
		const file: KnownFile = {
			fileSize: 73_802,
			classification: 2,
			classificationName: 'Malware',
			firstSeen: now - 30 * DAY,
			lastSeen: now - DAY,
			seenOn: [],
			...seed,
		};
		this.files.set(file.md5.toLowerCase(), file);
		for (const seen of file.seenOn) this.seedEvent({ muid: seen.muid, value: file.md5, at: seen.lastSeen });
		return file;
	}

	/** What a retrospective search looks through. */
	seedEvent(event: ComputerEvent): void {
		this.events.push({ at: this.clock.now(), ...event });
	}

	/** The computers on which a value was seen since a time, each once. */
	seenOn(value: string, since: number): Computer[] {
		const wanted = value.toLowerCase();
		const found = new Set<Computer>();
		for (const event of this.events) {
			if (event.at < since || event.value.toLowerCase() !== wanted) continue;
			const computer = this.computer(event.muid);
			if (computer) found.add(computer);
		}
		return [...found];
	}

	computer(muid: string): Computer | undefined {
		return this.computers.get(muid.toUpperCase()) ?? this.computers.get(muid);
	}
}
