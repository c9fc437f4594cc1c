import { type Clock, HOUR } from './clock';
import type { Computer } from './estate';
import { guid } from './guid';
import type { StoredIoc } from './iocs/store';
import { IOC_TYPES, iocKey } from './iocs/types';

export type IndicatorStatus = 'Pending' | 'InProgress' | 'Closed';

/** An alert ("signal" in newer pages). Times in milliseconds since 1970. */
export interface Indicator {
	readonly id: string;
	readonly muid: string;
	readonly machineName: string;
	readonly clientId: string;
	readonly huntingRule: string;
	readonly huntingRuleId: string;
	status: IndicatorStatus;
	/** JSON text of the event behind it. */
	readonly details: string;
	readonly timestamp: number;
	readonly alertDateTime: number;
	lastHourEvidenceCount: number;
	/** 1 critical, 2 high, 3 normal, 4 low. */
	readonly severity: number;
	readonly mitre: string;
	excluded: boolean;
	readonly caseId: string;
	readonly caseName: string;
}

const EVENT_FIELD = {
	filehashioc: 'ChildMd5',
	ipioc: 'RemoteIP',
	domainioc: 'DomainName',
	urlioc: 'Url',
} as const;

/** What the console shows of an IOC hit; hashes in capitals, as it shows them. */
function detailsOf(ioc: StoredIoc, computer: Computer): string {
	const value = ioc.type === 'filehashioc' ? ioc.value.toUpperCase() : ioc.value;
	return JSON.stringify({
		MachineName: computer.machineName,
		ParentPath: 'C:\\Windows\\explorer.exe',
		[EVENT_FIELD[ioc.type]]: value,
		IocType: IOC_TYPES[ioc.type].label,
		IocValue: value,
		Source: ioc.source,
		AdditionalData: ioc.additionalData,
		Description: ioc.description,
	});
}

export class Indicators {
	/** In order of time. */
	readonly all: Indicator[] = [];
	private hits = new Map<string, Indicator>();

	constructor(private readonly clock: Clock) {}

	seed(seed: Partial<Indicator> = {}): Indicator {
		const number = this.all.length + 1;
		const at = seed.timestamp ?? this.clock.now();
		const indicator: Indicator = {
			id: guid(`indicator ${number}`),
			muid: guid('computer'),
			machineName: 'PC-UNKNOWN',
			clientId: guid('client one'),
			huntingRule: 'Suspicious PowerShell execution',
			huntingRuleId: guid('rule powershell'),
			status: 'Pending',
			details: '{}',
			timestamp: at,
			alertDateTime: at,
			lastHourEvidenceCount: 1,
			severity: 3,
			mitre: '',
			excluded: false,
			caseId: '',
			caseName: '',
			...seed,
		};
		this.insert(indicator);
		return indicator;
	}

	/** Documented: in real time, one indicator per computer and IOC per hour. */
	raiseRealTime(ioc: StoredIoc, computer: Computer): Indicator {
		const pair = `${computer.muid} ${iocKey(ioc.type, ioc.value)}`;
		const earlier = this.hits.get(pair);
		if (earlier && this.clock.now() - earlier.timestamp < HOUR) {
			earlier.lastHourEvidenceCount += 1;
			return earlier;
		}
		const indicator = this.raise(ioc, computer, 'IOC real-time search');
		this.hits.set(pair, indicator);
		return indicator;
	}

	/** Documented: a retrospective search gives one indicator per computer and IOC. */
	raiseRetrospective(ioc: StoredIoc, computer: Computer): Indicator {
		return this.raise(ioc, computer, 'IOC retrospective search');
	}

	/**
	 * No field for an analyst's verdict is documented. `excluded` is the nearest: an excluded indicator is one that the
	 * client asked not to see any more, and it is left out of searches that don't ask for it.
	 */
	close(id: string, { falsePositive = false } = {}): Indicator {
		const indicator = this.all.find((one) => one.id === id);
		if (!indicator) throw new Error(`The sandbox has no indicator ${id}.`);
		indicator.status = 'Closed';
		indicator.excluded = falsePositive;
		return indicator;
	}

	private raise(ioc: StoredIoc, computer: Computer, huntingRule: string): Indicator {
		// How to tell an indicator that an IOC raised is not public; a rule of this name is the sandbox's own choice.
		return this.seed({
			muid: computer.muid,
			machineName: computer.machineName,
			clientId: computer.clientId,
			huntingRule,
			huntingRuleId: guid(huntingRule),
			details: detailsOf(ioc, computer),
			severity: 2,
			mitre: 'TA0011',
		});
	}

	private insert(indicator: Indicator): void {
		let at = this.all.length;
		while (at > 0 && (this.all[at - 1]?.timestamp ?? 0) > indicator.timestamp) at -= 1;
		this.all.splice(at, 0, indicator);
	}
}
