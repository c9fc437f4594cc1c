import Fastify from 'fastify';
import type { OrionSandbox } from './orion';
import type { StoredIoc } from './orion/iocs/store';

/** Stands in for the pages of Orion's console that show IOCs and indicators, and for a computer that meets an IOC. */
export interface OrionConsole {
	readonly url: string;
	close(): Promise<void>;
}

const COMPUTER = 'PC-RECEPTION';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

const row = (ioc: StoredIoc): string => `<tr><td>${escaped(ioc.type)}</td><td>${escaped(ioc.value)}</td>
<td>${ioc.daysToExpiration}</td><td>${escaped(ioc.description)}</td>
<td><form method="post" action="/hits?value=${encodeURIComponent(ioc.value)}"><button>${COMPUTER} meets it</button></form></td></tr>`;

const page = (orion: OrionSandbox): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<title>Cytomic Orion (sandbox)</title><style>body{font-family:sans-serif;margin:2em}td,th{padding:.2em 1em .2em 0;text-align:left}</style>
<h1>Cytomic Orion (sandbox)</h1><p>${orion.iocs.size} IOCs, ${orion.indicators.all.length} indicators. Reload the page to see what is new.</p>
<table><tr><th>Type</th><th>Value</th><th>Days to expiration</th><th>Description</th><th></th></tr>
${[...orion.iocs.values()].slice(0, 500).map(row).join('\n')}</table></html>`;

/** `GET /` is a page, `GET /iocs` the IOCs as JSON, `POST /hits?value=` lets a computer meet a value. On loopback only. */
export async function startConsole(orion: OrionSandbox): Promise<OrionConsole> {
	const { muid } = orion.estate.seedComputer({ machineName: COMPUTER });
	const app = Fastify({ forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.get('/', (_request, reply) => reply.type('text/html').send(page(orion)));
	app.get('/iocs', () =>
		[...orion.iocs.values()].map(({ type, value, daysToExpiration, description }) => ({
			type,
			value,
			daysToExpiration,
			description,
		})),
	);
	app.post<{ Querystring: { value?: string } }>('/hits', (request, reply) => {
		const value = request.query.value ?? '';
		const indicator = orion.raiseHit({ iocValue: value, muid });
		if (indicator && request.headers.accept?.includes('text/html')) return reply.redirect('/', 303);
		if (indicator) return reply.code(201).send(indicator);
		return reply.code(404).send({ message: `Orion holds no active IOC "${value}", so nothing is raised.` });
	});
	const url = await app.listen({ host: '127.0.0.1', port: 0 });
	return { url, close: async () => await app.close() };
}
