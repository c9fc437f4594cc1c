export interface Noticelist {
	readonly id: number;
	readonly name: string;
	readonly expandedName: string;
	readonly ref: readonly string[];
	readonly areas: readonly string[];
	readonly version: string;
	enabled: boolean;
	readonly entries: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/** One of MISP's own notice lists, shortened. */
export function defaultNoticelists(): Noticelist[] {
	return [
		{
			id: 1,
			name: 'gdpr',
			expandedName: 'General Data Protection Regulation',
			ref: ['https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32016R0679'],
			areas: ['EU'],
			version: '3',
			enabled: false,
			entries: [
				{
					scope: ['attribute'],
					field: ['type'],
					value: ['ip-src', 'ip-dst'],
					tags: [],
					message: { en: 'This attribute is likely to contain information about a data subject.' },
				},
			],
		},
	];
}
