import type { IocType } from '../ioc/types';
import { iocTypes } from '../ioc/types';

const segment = encodeURIComponent;

/**
 * How sure a path is:
 * - documented: Cytomic's own page has it;
 * - seen at work: not on the part of the page that is public, but seen to answer on a tenant;
 * - seen in code: others' programs have it, and nobody was seen to try it.
 */

/** The type names of the retrospective search as others' code spells them. */
const searchedTypes: Readonly<Record<IocType, string>> = {
	hash: 'FileHashIoc',
	ip: 'IPIoc',
	domain: 'DomainIoc',
	url: 'UrlIoc',
};

/** Orion's paths below /api/v1, in this one place: what turns out different on your Orion is changed here. */
export const paths = {
	/** POST. Documented; the long type names are seen at work, where the page prints Hash, IP, Domain and Url. */
	importIocs: (type: IocType) => `/applications/iocs/${iocTypes[type].path}`,
	/** POST. Documented: type first, slash at the end. (A script of 2020 turned it around, and deleting did not work.) */
	eraseIocs: (type: IocType) => `/applications/iocs/${iocTypes[type].path}/eraser/`,
	/** POST. The page names the function, "by attributes"; path and body are seen in code. */
	getIocs: (type: IocType) => `/applications/iocs/${iocTypes[type].path}/getter`,
	/** POST. Seen in code. */
	searchRetrospectively: (type: IocType) => `/applications/iocs/${searchedTypes[type]}/retrospectivesearcher`,

	/** GET, times in ms. Documented. */
	indicators: (from: number, to: number) => `/applications/alerts/${from}/${to}`,

	/** GET. Documented, and seen at work. */
	fileInfo: (md5: string) => `/applications/forensics/md5/${segment(md5)}/info`,
	/** GET. Seen at work. */
	fileComputers: (md5: string) => `/applications/forensics/md5/${segment(md5)}/muids`,

	/** GET. Seen at work. */
	computerInfo: (muid: string) => `/applications/forensics/muid/${segment(muid)}/info`,
	/** GET, without /applications. Seen in code. */
	computerDetail: (muid: string) => `/remediations/muids/${segment(muid)}/detail`,
	/** GET; a part of the name will do. Seen in code. */
	computersByName: (clientId: string, name: string) =>
		`/applications/clients/${segment(clientId)}/machine-name/${segment(name)}/muid`,
	/** POST. Documented. */
	remedy: (action: 'isolate' | 'deisolate' | 'reboot') => `/applications/remediations/muids/${action}`,

	/** POST, without /applications. Documented. */
	queryComputers: '/osQuery/machine',
	/** POST. Documented; the name of the list in its body is not certain. */
	queryClients: '/osQuery/client',
	/** POST. The page says that there is such a call; which of these two tells the state and which the link is contradictory in code, so both are asked. */
	queryStates: ['/osQuery/state', '/osQuery/info'],

	/** POST. Seen in code. */
	dataLake: '/applications/explorations',
} as const;
