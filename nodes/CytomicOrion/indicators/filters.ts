import type { IndicatorFacts } from '../answers/indicator';

/** What indicators are wanted; an empty list or text stands for all. */
export interface IndicatorFilters {
	statuses: readonly string[];
	severities: readonly string[];
	huntingRule: string;
	machineName: string;
	muid: string;
	clientId: string;
	caseId: string;
	/** Also those that the client asked not to see any more. */
	includeExcluded: boolean;
	/** Off: the details come out empty, and with them the values that could be IOCs. */
	includeDetails: boolean;
}

/** The filters that Orion itself applies, as the vendor's page spells them. */
export function queryOf(filters: IndicatorFilters): Record<string, string> {
	const [status, ...more] = filters.statuses;
	const query: Record<string, string> = {
		// How a list is written is not public: several are told apart when they are here.
		statuses: more.length === 0 ? (status ?? '') : '',
		huntingrule: filters.huntingRule,
		machineName: filters.machineName,
		MUID: filters.muid,
		clientid: filters.clientId,
		Caseid: filters.caseId,
		showExcluded: filters.includeExcluded ? 'True' : 'False',
		showDetails: String(filters.includeDetails),
	};
	return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

/** The filters that Orion doesn't have, or may understand otherwise. */
export const isWanted = ({ statuses, severities }: IndicatorFilters, { status, severity }: IndicatorFacts): boolean =>
	(statuses.length === 0 || statuses.includes(status)) && (severities.length === 0 || severities.includes(severity));
