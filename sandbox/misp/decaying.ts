import type { Attribute, Organisation } from './model';

export interface DecayParameters {
	/** Days until nothing is left. */
	readonly lifetime: number;
	readonly decay_speed: number;
	/** Below it an attribute counts as decayed. */
	readonly threshold: number;
	readonly default_base_score: number;
	readonly base_score_config: unknown;
	readonly settings: unknown;
}

export interface DecayingModel {
	readonly id: number;
	readonly uuid: string | null;
	name: string;
	description: string;
	formula: string;
	version: string;
	parameters: DecayParameters;
	attributeTypes: string[];
	enabled: boolean;
	readonly isDefault: boolean;
	readonly org: Organisation;
	allOrgs: boolean;
	ref: string[];
}

export interface Decayed {
	readonly score: number;
	readonly decayed: boolean;
}

const DAY = 86_400;

/** `base * (1 - (age / lifetime) ^ (1 / decay speed))`, the polynomial formula. */
export function decay(
	{ parameters }: DecayingModel,
	since: number,
	now: number,
	overrides: Partial<DecayParameters> = {},
): Decayed {
	const { lifetime, decay_speed: speed, threshold, default_base_score: base } = { ...parameters, ...overrides };
	const age = Math.max(0, now - since) / (lifetime * DAY);
	const score = age >= 1 ? 0 : base * (1 - age ** (1 / speed));
	return { score, decayed: score < threshold };
}

/** An attribute ages from when it was last seen, or else from its last change. */
export function agesFrom({ lastSeen, timestamp }: Attribute, lastSighting: number | undefined): number {
	const seen = lastSeen === null ? undefined : Math.floor(Date.parse(lastSeen) / 1000);
	return lastSighting ?? seen ?? timestamp;
}

export class DecayingBook {
	readonly models: DecayingModel[] = [];
	private nextId = 1;

	constructor(org: Organisation) {
		const common = {
			formula: 'polynomial',
			version: '2',
			isDefault: true,
			org,
			enabled: false,
			allOrgs: true,
			ref: [],
		};
		this.add({
			...common,
			name: 'NIDS Simple Decaying Model',
			description: 'Simple decaying model for Network Intrusion Detection System (NIDS).',
			attributeTypes: ['domain', 'hostname', 'ip-src', 'ip-dst', 'url'],
			parameters: {
				lifetime: 120,
				decay_speed: 2,
				threshold: 30,
				default_base_score: 80,
				base_score_config: [],
				settings: [],
			},
		});
		this.add({
			...common,
			name: 'Phishing model',
			description: 'Simple model to rapidly decay phishing website.',
			attributeTypes: ['url', 'domain', 'hostname'],
			parameters: {
				lifetime: 3,
				decay_speed: 2.3,
				threshold: 30,
				default_base_score: 80,
				base_score_config: [],
				settings: [],
			},
		});
	}

	add(seed: Omit<DecayingModel, 'id' | 'uuid'>): DecayingModel {
		const made: DecayingModel = { ...seed, id: this.nextId++, uuid: null };
		this.models.push(made);
		return made;
	}

	find(id: unknown): DecayingModel | undefined {
		return this.models.find((model) => String(model.id) === String(id));
	}

	delete(model: DecayingModel): void {
		this.models.splice(this.models.indexOf(model), 1);
	}
}

export function modelShape({
	id,
	uuid,
	name,
	parameters,
	attributeTypes,
	description,
	org,
	enabled,
	allOrgs,
	ref,
	formula,
	version,
	isDefault,
}: DecayingModel) {
	return {
		id: String(id),
		uuid,
		name,
		parameters,
		attribute_types: attributeTypes,
		description,
		org_id: String(org.id),
		enabled,
		all_orgs: allOrgs,
		ref,
		formula,
		version,
		default: isDefault,
	};
}
