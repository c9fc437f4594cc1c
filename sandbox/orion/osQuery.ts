import type { FastifyInstance } from 'fastify';
import { ApiError } from './answers';
import { MINUTE } from './clock';
import type { Orion } from './context';
import type { Computer } from './estate';
import { guid } from './guid';
import { property, text, texts } from './json';
import { demand } from './permissions';

interface Operation {
	readonly operationId: string;
	readonly pandaID: string;
	readonly query: string;
	readonly computers: Computer[];
	pollsLeft: number;
}

/** Documented. */
const LINK_LIFE = 5 * MINUTE;
/** Documented: minutes; 0 stands for 24 hours. */
const LONGEST_TTL = 24 * 60;
export const RESULT_PATH = '/osquery-results';

interface Link {
	readonly operation: Operation;
	readonly expiresAt: number;
}

/** `linkBase` is known once the server listens. */
export function osQueryRoutes(
	api: FastifyInstance,
	files: FastifyInstance,
	orion: Orion,
	linkBase: () => string,
): void {
	const operations = new Map<string, Operation>();
	const links = new Map<string, Link>();

	function start(computers: Computer[], body: unknown): Array<{ pandaID: string; operationId: string }> {
		demand(orion.permissions, 'osQuery');
		const query = text(body, 'query');
		const ttl = Number(property(body, 'ttl'));
		if (!query?.trim()) throw new ApiError(400, "The body must hold a 'query'.");
		if (!Number.isInteger(ttl) || ttl < 0 || ttl > LONGEST_TTL)
			throw new ApiError(400, "'ttl' must be a number of minutes, up to 24 hours.");
		const byClient = new Map<string, Computer[]>();
		for (const computer of computers)
			byClient.set(computer.clientId, [...(byClient.get(computer.clientId) ?? []), computer]);
		return [...byClient].map(([pandaID, members]) => {
			const operationId = guid(`operation ${operations.size + 1}`);
			operations.set(operationId, {
				operationId,
				pandaID,
				query,
				computers: members,
				pollsLeft: orion.behaviour.osQueryPolls,
			});
			return { pandaID, operationId };
		});
	}

	api.post('/osQuery/machine', (request) => {
		const muids = texts(property(request.body, 'MUIDs'));
		if (!muids?.length) throw new ApiError(400, "The body must hold a list of computers in 'MUIDs'.");
		return start(
			muids.flatMap((muid) => orion.estate.computer(muid) ?? []),
			request.body,
		);
	});

	// A whole client. The name of the list is not certain: others' code contradicts itself.
	api.post('/osQuery/client', (request) => {
		const { body } = request;
		const clients =
			texts(property(body, 'pandaIDs')) ?? texts(property(body, 'clientIds')) ?? texts(property(body, 'MUIDs'));
		if (!clients?.length) throw new ApiError(400, "The body must hold a list of clients in 'pandaIDs'.");
		return start(
			[...orion.estate.computers.values()].filter(({ clientId }) => clients.includes(clientId)),
			body,
		);
	});

	function operationsIn(body: unknown): Operation[] {
		const ids =
			texts(body) ??
			texts(property(body, 'operationIds')) ??
			texts(Array.isArray(body) ? body.map((one) => property(one, 'operationId')) : [property(body, 'operationId')]);
		if (!ids?.length) throw new ApiError(400, 'The body must be an array of operation ids.');
		return ids.map((id) => {
			const operation = operations.get(id);
			if (!operation) throw new ApiError(404, 'There is no operation with this id.');
			return operation;
		});
	}

	function linkTo(operation: Operation): string {
		const name = guid(`link ${links.size + 1} ${operation.operationId}`).toLowerCase();
		links.set(name, { operation, expiresAt: orion.clock.now() + LINK_LIFE });
		return `${linkBase()}${RESULT_PATH}/${name}.json`;
	}

	function status(operation: Operation): Record<string, unknown> {
		const finished = operation.pollsLeft <= 0;
		operation.pollsLeft -= 1;
		return {
			pandaID: operation.pandaID,
			operationId: operation.operationId,
			status: finished ? 'Finished' : 'InProgress',
		};
	}

	function link(operation: Operation): Record<string, unknown> {
		const { pandaID, operationId } = operation;
		const finished = operation.pollsLeft <= 0;
		if (!finished) operation.pollsLeft -= 1;
		return { pandaID, operationId, url: finished ? linkTo(operation) : null };
	}

	for (const call of ['state', 'info'] as const) {
		api.post(`/osQuery/${call}`, (request) => {
			demand(orion.permissions, 'osQuery');
			const asked = operationsIn(request.body);
			return asked.map(call === orion.behaviour.osQueryLink ? link : status);
		});
	}

	// A link carries its own right to be read, as links to cloud storage do: no token.
	files.get<{ Params: { name: string } }>(`${RESULT_PATH}/:name.json`, (request) => {
		const found = links.get(request.params.name);
		if (!found || orion.clock.now() >= found.expiresAt) throw new ApiError(403, 'The link has expired.');
		return found.operation.computers.flatMap((computer) =>
			computer.osQueryRows.map((row) => ({
				muid: computer.muid,
				machineName: computer.machineName,
				...row,
			})),
		);
	});
}
