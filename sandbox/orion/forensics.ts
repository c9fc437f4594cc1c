import type { FastifyInstance } from 'fastify';
import { ApiError } from './answers';
import type { Orion } from './context';
import type { Computer, KnownFile } from './estate';
import { property, texts } from './json';
import { demand } from './permissions';

const MD5 = /^[0-9a-f]{32}$/i;

function iso(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

function checkMd5(md5: string): string {
	if (!MD5.test(md5)) throw new ApiError(400, 'The hash must be an MD5.');
	return md5.toLowerCase();
}

/** An unknown hash gives 200 and empty fields, as clients in the wild expect. */
function fileInfo(file: KnownFile | undefined): Record<string, unknown> {
	if (!file) {
		return {
			fileName: '',
			fileSize: 0,
			firstSeen: null,
			lastSeen: null,
			classification: 0,
			classificationName: '',
		};
	}
	return {
		fileName: file.fileName,
		fileSize: file.fileSize,
		firstSeen: iso(file.firstSeen),
		lastSeen: iso(file.lastSeen),
		classification: file.classification,
		classificationName: file.classificationName,
	};
}

function computerInfo(computer: Computer): Record<string, unknown> {
	return {
		machineName: computer.machineName,
		clientName: computer.clientName,
		creationDate: iso(computer.creationDate),
		clientCreationDateUTC: iso(computer.creationDate),
		lastSeenUtc: iso(computer.lastSeen),
	};
}

export function forensicsRoutes(api: FastifyInstance, orion: Orion): void {
	const { estate } = orion;
	const permitted = (): void => demand(orion.permissions, 'fileInformation');

	function computer(muid: string): Computer {
		const found = estate.computer(muid);
		if (!found) throw new ApiError(404, 'There is no computer with this MUID.');
		return found;
	}

	api.get<{ Params: { md5: string } }>('/applications/forensics/md5/:md5/info', (request) => {
		permitted();
		return fileInfo(estate.files.get(checkMd5(request.params.md5)));
	});

	// Seen in others' code and at work on a tenant.
	api.get<{ Params: { md5: string } }>('/applications/forensics/md5/:md5/muids', (request) => {
		permitted();
		const seenOn = estate.files.get(checkMd5(request.params.md5))?.seenOn ?? [];
		return seenOn.map(({ muid, lastPath, firstSeen, lastSeen }) => ({
			muid,
			clientId: estate.computer(muid)?.clientId ?? null,
			lastPath,
			firstSeen: iso(firstSeen),
			lastSeen: iso(lastSeen),
		}));
	});

	api.get<{ Params: { muid: string } }>('/applications/forensics/muid/:muid/info', (request) => {
		permitted();
		return computerInfo(computer(request.params.muid));
	});

	// Seen in others' code only: the name may be a part of the computer's.
	api.get<{ Params: { clientId: string; name: string } }>(
		'/applications/clients/:clientId/machine-name/:name/muid',
		(request) => {
			permitted();
			const { clientId, name } = request.params;
			return [...estate.computers.values()]
				.filter((one) => one.clientId.toLowerCase() === clientId.toLowerCase())
				.filter((one) => one.machineName.toLowerCase().includes(name.toLowerCase()))
				.map(({ muid, machineName }) => ({ muid, machineName }));
		},
	);

	// Seen in others' code only.
	api.get<{ Params: { muid: string } }>('/remediations/muids/:muid/detail', (request) => {
		permitted();
		const found = computer(request.params.muid);
		return {
			muid: found.muid,
			clientId: found.clientId,
			...computerInfo(found),
			isOnline: found.online,
			isIsolated: found.isolated,
		};
	});

	// The vendor's page has it without `applications`, others' code with it. The shape of the body is not public: MD5s, or objects that hold one.
	for (const path of ['/forensics/md5/batch/sample', '/applications/forensics/md5/batch/sample']) {
		api.post(path, (request) => {
			permitted();
			const { body } = request;
			const md5s =
				texts(body) ??
				texts(property(body, 'md5s')) ??
				texts(Array.isArray(body) ? body.map((one) => property(one, 'md5')) : null);
			if (!md5s) throw new ApiError(400, 'The body must be an array of MD5s.');
			return md5s.map((md5) => ({ md5, ...fileInfo(estate.files.get(checkMd5(md5))) }));
		});
	}
}
