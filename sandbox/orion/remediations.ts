import type { FastifyInstance } from 'fastify';
import { ApiError } from './answers';
import type { Orion } from './context';
import type { Computer } from './estate';
import { property, texts } from './json';
import { type Action, demand } from './permissions';

interface Remedy {
	readonly path: string;
	readonly action: Action;
	readonly apply: (computer: Computer) => void;
}

const REMEDIES: readonly Remedy[] = [
	{
		path: 'isolate',
		action: 'isolateComputers',
		apply: (computer) => void (computer.isolated = true),
	},
	{
		path: 'deisolate',
		action: 'isolateComputers',
		apply: (computer) => void (computer.isolated = false),
	},
	{ path: 'reboot', action: 'restartComputers', apply: (computer) => void (computer.reboots += 1) },
];

/** The codes are not public. */
const UNKNOWN_COMPUTER = {
	requestAccepted: false,
	errorCode: 1,
	errorMessage: 'The computer was not found.',
};
const QUEUED = { requestAccepted: true, errorCode: 0, errorMessage: '' };

/** Documented: an array with one result per computer; accepted means queued, and an offline computer acts when it is back. */
export function remediationRoutes(api: FastifyInstance, orion: Orion): (muid: string) => void {
	const waiting: Array<{ computer: Computer; apply: Remedy['apply'] }> = [];

	for (const { path, action, apply } of REMEDIES) {
		api.post(`/applications/remediations/muids/${path}`, (request) => {
			demand(orion.permissions, action);
			const muids = texts(property(request.body, 'MUIDs'));
			if (!muids?.length) throw new ApiError(400, "The body must hold a list of computers in 'MUIDs'.");
			return muids.map((muid) => {
				const computer = orion.estate.computer(muid);
				if (!computer) return { MUID: muid, deviceId: null, ...UNKNOWN_COMPUTER };
				if (computer.online) apply(computer);
				else waiting.push({ computer, apply });
				return { MUID: muid, deviceId: null, ...QUEUED };
			});
		});
	}

	return function bringOnline(muid: string): void {
		const computer = orion.estate.computer(muid);
		if (!computer) throw new Error(`The sandbox has no computer ${muid}.`);
		computer.online = true;
		for (const one of waiting.filter((entry) => entry.computer === computer)) {
			one.apply(computer);
			waiting.splice(waiting.indexOf(one), 1);
		}
	};
}
