import { observablesIn, parseDetails } from './observables';
import type { Row } from './row';
import { asText, field, otherFields, textIn } from './row';
import { isoTime, timeOf } from './time';

/** Severities as words. The numbers are those of Orion's console. */
export const severityWords = { 1: 'Critical', 2: 'High', 3: 'Normal', 4: 'Low' } as const;
export const severities = ['Critical', 'High', 'Normal', 'Low', 'Undefined'] as const;
export type Severity = (typeof severities)[number];

/** The page has "Closed", others' code "Finished" for the same. */
export const statuses = ['Pending', 'InProgress', 'Closed'] as const;

const severityOf = (value: unknown): Severity => {
	const text = asText(value);
	const named = severities.find((word) => word.toLowerCase() === text.toLowerCase());
	const numbered = Object.entries(severityWords).find(([number]) => number === text)?.[1];
	return named ?? numbered ?? 'Undefined';
};

const statusOf = (value: unknown): string => {
	const plain = asText(value)
		.replace(/[\s_-]/g, '')
		.toLowerCase();
	if (plain === 'finished') return 'Closed';
	return statuses.find((status) => status.toLowerCase() === plain) ?? asText(value);
};

/** What filters and cursors need to know of an indicator. */
export interface IndicatorFacts {
	id: string;
	/** Milliseconds since 1970; 0 where Orion gave none. */
	time: number;
	severity: Severity;
	status: string;
}

export function factsOf(row: Row): IndicatorFacts {
	const time = timeOf(field(row, 'timestamp')) ?? timeOf(field(row, 'alertDateTime')) ?? 0;
	return {
		// Without an id, what makes it that one.
		id:
			textIn(row, 'id', 'alertId') ||
			[textIn(row, 'muid'), textIn(row, 'huntingRuleId', 'huntingRule'), time].join(' '),
		time,
		severity: severityOf(field(row, 'severity')),
		status: statusOf(field(row, 'status')),
	};
}

const known = [
	'id',
	'timestamp',
	'alertDateTime',
	'severity',
	'status',
	'huntingRule',
	'huntingRuleId',
	'machineName',
	'muid',
	'clientId',
	'mitre',
	'caseId',
	'caseName',
	'excluded',
	'lastHourEvidenceCount',
	'details',
];

/** An indicator with names in one spelling, words for numbers, ISO times, its details parsed, and the values in them that could be IOCs. */
export function readIndicator(row: Row): Record<string, unknown> {
	const { id, severity, status } = factsOf(row);
	const details = parseDetails(field(row, 'details'));
	return {
		id,
		timestamp: isoTime(field(row, 'timestamp')) ?? null,
		alertDateTime: isoTime(field(row, 'alertDateTime')) ?? null,
		severity,
		status,
		huntingRule: textIn(row, 'huntingRule'),
		huntingRuleId: textIn(row, 'huntingRuleId'),
		machineName: textIn(row, 'machineName'),
		muid: textIn(row, 'muid'),
		clientId: textIn(row, 'clientId'),
		mitre: field(row, 'mitre') ?? null,
		caseId: textIn(row, 'caseId'),
		caseName: textIn(row, 'caseName'),
		excluded: /^true$/i.test(textIn(row, 'excluded')),
		lastHourEvidenceCount: Number(textIn(row, 'lastHourEvidenceCount')) || 0,
		details: details ?? null,
		observables: observablesIn(details),
		...otherFields(row, known),
	};
}
