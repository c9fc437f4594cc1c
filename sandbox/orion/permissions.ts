import { ApiError } from './answers';

/** The actions an application is authorized for, under the names the Orion console shows. */
export const ACTIONS = {
	getIndicators: 'Get indicators',
	importIocs: 'Import IOCs for all clients',
	deleteIocs: 'Delete IOCs for all clients',
	searchIocs: 'Search for IOCs',
	fileInformation: 'View information about a file, get the computers on which it was seen',
	isolateComputers: 'Isolate/deisolate computers',
	restartComputers: 'Restart computers',
	osQuery: 'Access to OSQuery',
	advancedQueries: 'Access to advanced queries',
} as const;

export type Action = keyof typeof ACTIONS;
export type Permissions = Record<Action, boolean>;

export function allPermissions(): Permissions {
	return {
		getIndicators: true,
		importIocs: true,
		deleteIocs: true,
		searchIocs: true,
		fileInformation: true,
		isolateComputers: true,
		restartComputers: true,
		osQuery: true,
		advancedQueries: true,
	};
}

/** 403 is the status one expects of a missing action; no public source shows it. */
export function demand(permissions: Permissions, action: Action): void {
	if (!permissions[action]) throw new ApiError(403, 'The application is not authorized for this action.');
}
