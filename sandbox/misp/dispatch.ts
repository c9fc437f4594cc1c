import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isRecord } from '../json';
import {
	errorBody,
	forbidden,
	HTML_TYPE,
	internal,
	JSON_TYPE,
	MispError,
	notAllowed,
	TEXTS,
	type Answer,
} from './answers';
import { isSiteAdmin, may } from './auth';
import type { Action, Call, Controller, Server } from './call';
import type { User } from './model';

/** The path taken apart as CakePHP does: `/[admin/]controller[/action[/argument|key:value …]][.json]`. */
interface Target {
	readonly path: string;
	readonly admin: boolean;
	readonly controller: string;
	readonly action: string;
	/** As spelt in the path. */
	readonly spelling: string;
	readonly args: readonly string[];
	readonly named: Readonly<Record<string, string>>;
	readonly json: boolean;
}

/** `objectTemplates`, `object_templates` and `ObjectTemplates` are one. */
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

function readPath(url: string, basePath: string): Target {
	const [whole = '/'] = url.split('?');
	const inside = whole.slice(basePath.length);
	const json = inside.endsWith('.json');
	const parts = (json ? inside.slice(0, -'.json'.length) : inside)
		.split('/')
		.filter((part) => part !== '')
		.map(decode);
	const admin = parts[0] === 'admin';
	const [controller = '', action = 'index', ...rest] = admin ? parts.slice(1) : parts;
	// A controller's name may be followed by parameters at once: /tags/index is /tags.
	const named = rest.filter((part) => /^\w+:/.test(part));
	return {
		path: whole,
		admin,
		controller: plain(controller),
		action: plain(action),
		spelling: action,
		args: rest.filter((part) => !named.includes(part)),
		named: Object.fromEntries(
			named.map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]),
		),
		json,
	};
}

type Login = { readonly user: User } | { readonly refused: MispError };

function login(server: Server, header: string | undefined): Login {
	// A "Bearer " prefix makes it an unknown key.
	const user = header === undefined ? undefined : server.store.users.find(({ key }) => key === header);
	if (!user) return { refused: new MispError(403, TEXTS.badKey) };
	return user.disabled ? { refused: new MispError(403, TEXTS.disabled) } : { user };
}

const QUARTER_HOUR = 900;

/** Role rate limits: only searches count, per user, in windows of 15 minutes. */
class SearchMeter {
	private readonly windows = new Map<number, { since: number; used: number }>();

	/** The headers to send along, and whether this one is one too many. */
	count(user: User, now: number): { headers: Record<string, string>; exceeded: boolean } | undefined {
		const limit = user.role.searchLimit;
		if (limit === undefined) return undefined;
		const known = this.windows.get(user.id);
		const window = known && now - known.since < QUARTER_HOUR ? known : { since: now, used: 0 };
		window.used++;
		this.windows.set(user.id, window);
		return {
			exceeded: window.used > limit,
			headers: {
				'X-Rate-Limit-Limit': String(limit),
				'X-Rate-Limit-Remaining': String(Math.max(0, limit - window.used)),
				// MISP sends no Retry-After.
				'X-Rate-Limit-Reset': String(window.since + QUARTER_HOUR - now),
			},
		};
	}
}

function readBody(request: FastifyRequest): { readonly body: unknown } | { readonly malformed: true } {
	const text = request.body;
	if (typeof text !== 'string' || text.trim() === '') return { body: undefined };
	try {
		return { body: JSON.parse(text) };
	} catch {
		return { malformed: true };
	}
}

function textQuery(query: unknown): Record<string, string> {
	if (typeof query !== 'object' || query === null) return {};
	return Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)]));
}

/** The `url` of an error is made for a web page, query string and all. */
function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function titleOf(body: unknown): string | undefined {
	return isRecord(body) && typeof body['message'] === 'string' ? body['message'] : undefined;
}

function mayRun(action: Action, call: Call): boolean {
	if (action.needs === undefined) return true;
	return typeof action.needs === 'function' ? action.needs(call) : may(call.user, action.needs);
}

export function installDispatch(
	app: FastifyInstance,
	server: Server,
	controllers: Readonly<Record<string, Controller>>,
	basePath: string,
): void {
	const meter = new SearchMeter();
	const known = new Map(
		Object.entries(controllers).map(([name, actions]) => [
			plain(name),
			new Map(Object.entries(actions).map(([action, made]) => [plain(action), made])),
		]),
	);

	async function answer(request: FastifyRequest, extra: Record<string, string>): Promise<Answer> {
		const target = readPath(request.url, basePath);
		const isSearch = target.action === 'restsearch';
		// Only these are taken for API calls; all others are people who should log in first.
		const wantsJson = target.json || isSearch || (request.headers.accept ?? '').includes('application/json');
		const toLogin: Answer = {
			status: 302,
			headers: { location: `${server.baseUrl}/users/login` },
			contentType: HTML_TYPE,
			body: '',
		};
		if (!wantsJson) return toLogin;
		const session = login(server, request.headers.authorization);
		if ('refused' in session) throw session.refused;
		const { user } = session;
		if (!server.store.live && !isSiteAdmin(user)) return toLogin;
		const read = readBody(request);
		if ('malformed' in read) throw notAllowed(TEXTS.malformed);
		const metered = isSearch ? meter.count(user, server.store.now()) : undefined;
		Object.assign(extra, metered?.headers);
		if (metered?.exceeded) throw new MispError(429, TEXTS.rateLimit);
		const action = known.get(target.controller)?.get(target.admin ? `admin${target.action}` : target.action);
		if (!action) throw new MispError(404, 'Not Found');
		const call: Call = {
			server,
			user,
			method: request.method,
			path: target.path,
			admin: target.admin,
			args: target.args,
			named: target.named,
			query: textQuery(request.query),
			body: read.body,
		};
		if (!mayRun(action, call)) throw forbidden();
		if (action.post !== undefined && request.method === 'GET')
			throw action.post === 'crash' ? internal() : notAllowed(action.post);
		const given = await action.run(call);
		server.logbook.note(
			{
				method: request.method,
				controller: target.controller,
				action: target.spelling,
				args: target.args,
				status: given.status,
				title: titleOf(given.body),
			},
			user,
		);
		return given;
	}

	function send(reply: FastifyReply, { status, headers = {}, contentType = JSON_TYPE, body }: Answer): FastifyReply {
		reply.code(status).headers(headers).type(contentType);
		return reply.send(typeof body === 'string' ? body : JSON.stringify(body));
	}

	app.all('/*', async (request, reply) => {
		// Outside its path it is another web server's business.
		if (!request.url.startsWith(`${basePath}/`))
			return send(reply, { status: 404, contentType: HTML_TYPE, body: '<h1>Not Found</h1>' });
		const extra: Record<string, string> = {};
		try {
			const given = await answer(request, extra);
			return send(reply, { ...given, headers: { ...extra, ...given.headers } });
		} catch (problem) {
			const error = problem instanceof MispError ? problem : internal();
			// A mistake of the stand-in's own: MISP's 500 for the client, the reason for whoever runs it.
			if (!(problem instanceof MispError)) console.error(request.method, request.url, problem);
			return send(reply, {
				status: error.status,
				headers: { ...extra, ...error.headers },
				body: errorBody(error.message, escapeHtml(request.url)),
			});
		}
	});
}
