import axios, { type AxiosInstance } from 'axios';
import { type OrionOptions, type OrionSandbox, startOrion } from '../../../sandbox/orion';

const MD5 = '44d88612fea8a8f36de82e1278abb02f';
const OTHER_MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let orion: OrionSandbox;
let api: AxiosInstance;

function grant(form: Record<string, string> = {}, basic?: { username: string; password: string }) {
	const { clientId, clientSecret, username, password } = orion.credentials;
	return axios.post(
		orion.tokenUrl,
		new URLSearchParams({
			grant_type: 'password',
			scope: 'orion.api',
			username,
			password,
			...form,
		}),
		{ auth: basic ?? { username: clientId, password: clientSecret }, validateStatus: () => true },
	);
}

async function logIn(): Promise<void> {
	const { data } = await grant();
	api = axios.create({
		baseURL: orion.apiUrl,
		headers: { Authorization: `Bearer ${data.access_token}` },
		validateStatus: () => true,
	});
}

async function start(options?: OrionOptions): Promise<void> {
	orion = await startOrion(options);
	await logIn();
	orion.requests.length = 0;
}

async function restart(options: OrionOptions): Promise<void> {
	await orion.close();
	await start(options);
}

function hash(value = MD5, more: Record<string, unknown> = {}) {
	return {
		hash: value,
		DaysToExpiration: '30',
		AdditionalData: 'a',
		Source: 'MISP',
		Policy: 'Detect',
		Description: 'd',
		...more,
	};
}

beforeEach(() => start());
afterEach(() => orion.close());

describe('logging in to the sandbox Orion', () => {
	it('gives an access and a refresh token for the password grant', async () => {
		const { status, data } = await grant();
		expect(status).toBe(200);
		expect(data).toEqual({
			access_token: expect.any(String),
			refresh_token: expect.any(String),
			token_type: 'Bearer',
			expires_in: 3600,
			scope: 'orion.api',
		});
	});

	it.each([
		['a wrong password', { password: 'nope' }, 400, 'invalid_grant'],
		['a wrong user name', { username: 'nope' }, 400, 'invalid_grant'],
		['another scope', { scope: 'openid' }, 400, 'invalid_scope'],
		['another grant', { grant_type: 'client_credentials' }, 400, 'unsupported_grant_type'],
	])('refuses %s as OAuth says', async (_what, form, status, error) => {
		expect(await grant(form)).toMatchObject({
			status,
			data: { error, error_description: expect.any(String) },
		});
	});

	it('refuses a wrong client secret', async () => {
		const answer = await grant({}, { username: orion.credentials.clientId, password: 'nope' });
		expect(answer).toMatchObject({ status: 401, data: { error: 'invalid_client' } });
	});

	it('refuses credentials sent as JSON', async () => {
		const { clientId, clientSecret, username, password } = orion.credentials;
		const answer = await axios.post(
			orion.tokenUrl,
			{ grant_type: 'password', scope: 'orion.api', username, password },
			{ auth: { username: clientId, password: clientSecret }, validateStatus: () => true },
		);
		expect(answer).toMatchObject({ status: 400, data: { error: 'invalid_request' } });
	});

	it('trades a refresh token for a new pair, once', async () => {
		const { data } = await grant();
		const renewed = await grant({ grant_type: 'refresh_token', refresh_token: data.refresh_token });
		expect(renewed.status).toBe(200);
		expect(renewed.data.refresh_token).not.toBe(data.refresh_token);
		const again = await grant({ grant_type: 'refresh_token', refresh_token: data.refresh_token });
		expect(again).toMatchObject({ status: 400, data: { error: 'invalid_grant' } });
	});

	it('answers 401 in JSON without a token, with an unknown one, and after tokens were revoked', async () => {
		expect((await api.post('iocs/filehashioc', [hash()])).status).toBe(200);
		for (const Authorization of [undefined, 'Bearer nonsense']) {
			const answer = await api.post('iocs/filehashioc', [hash()], { headers: { Authorization } });
			expect(answer).toMatchObject({ status: 401, data: { httpStatusCode: 401, success: false } });
		}
		orion.revokeTokens();
		expect((await api.post('iocs/filehashioc', [hash()])).status).toBe(401);
		expect(orion.counts.importCalls).toBe(1);
	});

	it('lets tokens expire after some time or some calls', async () => {
		orion.tokens.expireAfter = { calls: 2 };
		await logIn();
		const statuses: number[] = [];
		for (let i = 0; i < 3; i++) statuses.push((await api.post('iocs/filehashioc', [hash()])).status);
		expect(statuses).toEqual([200, 200, 401]);

		orion.tokens.expireAfter = { seconds: 60 };
		await logIn();
		orion.clock.advance(61_000);
		expect((await api.post('iocs/filehashioc', [hash()])).status).toBe(401);
	});

	it('keeps earlier tokens alive unless told that a new one ends them', async () => {
		await grant();
		expect((await api.post('iocs/filehashioc', [hash()])).status).toBe(200);
		orion.tokens.newTokenInvalidatesOld = true;
		await grant();
		expect((await api.post('iocs/filehashioc', [hash()])).status).toBe(401);
	});
});

describe('importing IOCs into the sandbox Orion', () => {
	it('stores them and tells how many, in the words of the real server', async () => {
		const { status, data } = await api.post('iocs/filehashioc', [hash(), hash(OTHER_MD5), hash('0'.repeat(32))]);
		expect(status).toBe(200);
		expect(data).toEqual({
			httpStatusCode: 200,
			success: true,
			message: 'iocs: 3 FileHashIoc added.',
			error: null,
		});
		expect(orion.iocs.size).toBe(3);
		expect(orion.iocs.get(`filehashioc:${MD5}`)).toMatchObject({
			type: 'filehashioc',
			value: MD5,
			daysToExpiration: 30,
			additionalData: 'a',
			source: 'MISP',
			policy: 'Detect',
			description: 'd',
			active: true,
		});
	});

	it.each([
		['filehashioc', { hash: MD5 }, 'FileHashIoc'],
		['FileHashIoc', { hash: MD5 }, 'FileHashIoc'],
		['Hash', { hash: MD5 }, 'FileHashIoc'],
		['ipioc', { ip: '45.155.204.7' }, 'IPIoc'],
		['IP', { ip: '45.155.204.7' }, 'IPIoc'],
		['DomainIoc', { domain: 'login.sandbox-feed-one.com' }, 'DomainIoc'],
		['Domain', { domain: 'login.sandbox-feed-one.com' }, 'DomainIoc'],
		['urlioc', { url: 'http://sandbox-feed-one.com/a?b=c' }, 'UrlIoc'],
		['Url', { url: 'http://sandbox-feed-one.com/a?b=c' }, 'UrlIoc'],
	])('takes %s in the path', async (type, ioc, label) => {
		const { data } = await api.post(`iocs/${type}`, [{ ...ioc, DaysToExpiration: '1' }]);
		expect(data.message).toBe(`iocs: 1 ${label} added.`);
	});

	it('can be told that only the long names work', async () => {
		orion.behaviour.shortTypeNames = false;
		expect((await api.post('iocs/Hash', [hash()])).status).toBe(404);
		expect((await api.post('iocs/filehashioc', [hash()])).status).toBe(200);
	});

	it.each([
		['a SHA-256', 'filehashioc', { hash: 'a'.repeat(64) }],
		['a URL without protocol', 'urlioc', { url: 'sandbox-feed-one.com/a' }],
		['an address with a port', 'ipioc', { ip: '45.155.204.7:80' }],
		['a network', 'ipioc', { ip: '45.155.204.0/24' }],
		['a URL among domains', 'domainioc', { domain: 'http://sandbox-feed-one.com' }],
		['two values in one IOC', 'domainioc', { domain: 'sandbox-feed-one.com', ip: '45.155.204.7' }],
		["another type's value", 'domainioc', { hash: MD5 }],
		['an IOC without value', 'domainioc', { Source: 'MISP' }],
		['a number of days in words', 'domainioc', { domain: 'sandbox-feed-one.com', DaysToExpiration: 'never' }],
		['negative days', 'domainioc', { domain: 'sandbox-feed-one.com', DaysToExpiration: -1 }],
	])('refuses %s, and with it the whole batch', async (_what, type, bad) => {
		const good = {
			filehashioc: { hash: OTHER_MD5 },
			urlioc: { url: 'http://a.com/' },
			ipioc: { ip: '45.155.204.8' },
			domainioc: { domain: 'a.com' },
		};
		const answer = await api.post(`iocs/${type}`, [
			good[type as keyof typeof good],
			{ DaysToExpiration: '30', ...bad },
		]);
		expect(answer).toMatchObject({
			status: 400,
			data: { success: false, error: expect.any(String) },
		});
		expect(orion.iocs.size).toBe(0);
	});

	it('can refuse a value of my choice, by an HTTP 400 or by success: false', async () => {
		orion.refuse(MD5);
		expect((await api.post('iocs/filehashioc', [hash(), hash(OTHER_MD5)])).status).toBe(400);
		orion.behaviour.refusal = 'successFalse';
		const answer = await api.post('iocs/filehashioc', [hash(MD5.toUpperCase()), hash(OTHER_MD5)]);
		expect(answer).toMatchObject({
			status: 200,
			data: { success: false, error: expect.any(String) },
		});
		expect(orion.iocs.size).toBe(0);
		expect(orion.counts.refusedCalls).toBe(2);
	});

	it('can store the rest of a batch and tell a lower count', async () => {
		await restart({ behaviour: { refusal: 'skips' } });
		orion.refuse(MD5);
		const { data } = await api.post('iocs/filehashioc', [hash(), hash(OTHER_MD5)]);
		expect(data).toMatchObject({ success: true, message: 'iocs: 1 FileHashIoc added.' });
	});

	it('stores an IOC without DaysToExpiration as already expired, whatever ttlDays says', async () => {
		await api.post('iocs/domainioc?ttlDays=30', [{ domain: 'sandbox-feed-one.com' }]);
		const ioc = orion.iocs.get('domainioc:sandbox-feed-one.com');
		expect(ioc).toMatchObject({ daysToExpiration: 0, active: false });
		expect(ioc?.expiresAt).toBe(ioc?.importedAt);
	});

	it('takes the days as a number too, and lets the IOC expire when they have passed', async () => {
		await api.post('iocs/filehashioc', [hash(MD5, { DaysToExpiration: 2 })]);
		const ioc = orion.iocs.get(`filehashioc:${MD5}`);
		expect(ioc?.active).toBe(true);
		orion.clock.advance(2 * DAY);
		expect(ioc?.active).toBe(false);
	});

	it('renews an IOC that is posted again, in whatever case its hash is written', async () => {
		await api.post('iocs/filehashioc', [hash()]);
		await api.post('iocs/filehashioc', [hash(MD5.toUpperCase(), { DaysToExpiration: '90' })]);
		expect([...orion.iocs.values()]).toMatchObject([{ daysToExpiration: 90 }]);
	});

	it('accepts a double slash in the path and the content type of the vendor', async () => {
		const headers = { 'Content-Type': 'application/json-patch+json' };
		const doubled = await api.post(`${orion.apiUrl}/iocs/filehashioc`, [hash()], { headers });
		expect(doubled.status).toBe(200);
	});

	it.each([
		['an object', hash()],
		['an empty array', []],
	])('refuses %s in place of an array of IOCs', async (_what, body) => {
		expect((await api.post('iocs/filehashioc', body)).status).toBe(400);
	});

	it('can have a limit to the size of a batch', async () => {
		orion.behaviour.maxBatch = 1;
		expect((await api.post('iocs/filehashioc', [hash(), hash(OTHER_MD5)])).status).toBe(413);
	});

	it('raises one indicator per computer and IOC for a retrospective import, over the events of the last year', async () => {
		const one = orion.estate.seedComputer({ machineName: 'PC-ONE' });
		const two = orion.estate.seedComputer({ machineName: 'PC-TWO' });
		const now = orion.clock.now();
		for (const at of [now - DAY, now - 2 * DAY])
			orion.estate.seedEvent({ muid: one.muid, value: MD5.toUpperCase(), at });
		orion.estate.seedEvent({ muid: two.muid, value: MD5, at: now - 400 * DAY });
		await api.post('iocs/filehashioc', [hash()]);
		expect(orion.indicators.all).toHaveLength(0);
		await api.post('iocs/filehashioc?retrospective=true', [hash(), hash(OTHER_MD5)]);
		expect(orion.indicators.all).toMatchObject([
			{ machineName: 'PC-ONE', details: expect.stringContaining(MD5.toUpperCase()) },
		]);
	});

	it('holds many IOCs and answers fast', async () => {
		const batch = Array.from({ length: 10_000 }, (_, i) => hash(i.toString(16).padStart(32, '0')));
		const { data } = await api.post('iocs/filehashioc', batch);
		expect(data.message).toBe('iocs: 10000 FileHashIoc added.');
		expect(orion.iocs.size).toBe(10_000);
	});

	it('takes as long to answer as I ask', async () => {
		await restart({ latencyMs: 60 });
		const from = performance.now();
		await api.post('iocs/filehashioc', [hash()]);
		expect(performance.now() - from).toBeGreaterThanOrEqual(55);
	});
});

describe('erasing and searching IOCs in the sandbox Orion', () => {
	beforeEach(async () => {
		await api.post('iocs/filehashioc', [hash(), hash(OTHER_MD5)]);
		orion.requests.length = 0;
	});

	it.each(['iocs/filehashioc/eraser/', 'iocs/filehashioc/eraser', 'iocs/Hash/eraser/'])(
		'erases through %s',
		async (path) => {
			const { status, data } = await api.post(path, [{ hash: MD5.toUpperCase() }, { hash: 'f'.repeat(32) }]);
			expect(status).toBe(200);
			expect(data).toMatchObject({ success: true, message: 'iocs: 1 FileHashIoc deleted.' });
			expect([...orion.iocs.keys()]).toEqual([`filehashioc:${OTHER_MD5}`]);
			expect(orion.counts).toMatchObject({ eraseCalls: 1, erased: 1 });
		},
	);

	it('does not know the order of the path from 2020', async () => {
		expect((await api.post('iocs/eraser/filehashioc', [{ hash: MD5 }])).status).toBe(404);
		expect(orion.iocs.size).toBe(2);
	});

	it('refuses an empty list and shows in its log that one was sent', async () => {
		expect((await api.post('iocs/filehashioc/eraser/', [])).status).toBe(400);
		expect(orion.requests).toMatchObject([
			{
				method: 'POST',
				path: '/api/v1/applications/iocs/filehashioc/eraser/',
				body: [],
				status: 400,
			},
		]);
		expect(orion.iocs.size).toBe(2);
	});

	it('gets IOCs by their attributes', async () => {
		await api.post('iocs/filehashioc', [hash('a'.repeat(32), { Source: 'elsewhere' })]);
		const byValue = await api.post('iocs/Hash/getter', [{ hash: MD5.toUpperCase() }]);
		expect(byValue.data).toMatchObject([
			{
				hash: MD5,
				daysToExpiration: 30,
				source: 'MISP',
				expirationDate: expect.stringMatching(/^\d{4}-.*Z$/),
			},
		]);
		expect((await api.post('iocs/Hash/getter', [{ Source: 'elsewhere' }])).data).toMatchObject([
			{ hash: 'a'.repeat(32) },
		]);
		expect((await api.post('iocs/Domain/getter', [{ domain: 'nowhere.com' }])).data).toEqual([]);
	});

	it('searches the past for values and gives those that were seen', async () => {
		const { muid } = orion.estate.seedComputer({ machineName: 'PC-ONE' });
		orion.estate.seedEvent({ muid, value: OTHER_MD5 });
		const { data } = await api.post('iocs/FileHashIoc/retrospectivesearcher', [{ hash: MD5 }, { hash: OTHER_MD5 }]);
		expect(data).toEqual([{ hash: OTHER_MD5 }]);
	});
});

describe('the indicators of the sandbox Orion', () => {
	const span = (daysBack = 1) => `alerts/${orion.clock.now() - daysBack * DAY}/${orion.clock.now() + HOUR}`;

	async function hit() {
		await api.post('iocs/domainioc', [
			{ domain: 'evil.sandbox-feed-one.com', DaysToExpiration: '5', AdditionalData: 'event 7' },
		]);
		const { muid } = orion.estate.seedComputer({ machineName: 'PC-ONE' });
		return { muid, iocValue: 'evil.sandbox-feed-one.com' };
	}

	it('appear when an active IOC is met, with the fields the vendor documents', async () => {
		const { muid, iocValue } = await hit();
		const raised = orion.raiseHit({ iocValue, muid });
		const { data } = await api.get(`${span()}?showDetails=true`);
		expect(data).toEqual([
			{
				id: raised?.id,
				MUID: muid,
				timestamp: expect.any(Number),
				clientid: expect.any(String),
				huntingRule: expect.any(String),
				HuntingRuleId: expect.any(String),
				status: 'Pending',
				details: expect.stringContaining(iocValue),
				alertDateTime: expect.stringMatching(/Z$/),
				lastHourEvidenceCount: 1,
				severity: 2,
				mitre: expect.any(String),
				excluded: false,
				machineName: 'PC-ONE',
				caseId: '',
				caseName: '',
			},
		]);
	});

	it('are one per computer and IOC per hour', async () => {
		const sighted = await hit();
		const first = orion.raiseHit(sighted);
		expect(orion.raiseHit(sighted)?.id).toBe(first?.id);
		expect((await api.get(span())).data).toMatchObject([{ lastHourEvidenceCount: 2 }]);
		orion.clock.advance(HOUR);
		await logIn();
		expect(orion.raiseHit(sighted)?.id).not.toBe(first?.id);
		expect((await api.get(span())).data).toHaveLength(2);
	});

	it('are not raised by an expired or erased IOC', async () => {
		const sighted = await hit();
		orion.clock.advance(5 * DAY);
		expect(orion.raiseHit(sighted)).toBeUndefined();
		await logIn();
		await api.post('iocs/domainioc', [{ domain: sighted.iocValue, DaysToExpiration: '5' }]);
		expect(orion.raiseHit(sighted)).toBeDefined();
		await api.post('iocs/domainioc/eraser/', [{ domain: sighted.iocValue }]);
		expect(orion.raiseHit(sighted)).toBeUndefined();
	});

	it('leave the details empty unless asked for, and hide excluded ones', async () => {
		const raised = orion.raiseHit(await hit());
		expect((await api.get(span())).data).toMatchObject([{ details: '' }]);
		orion.closeIndicator(raised?.id ?? '', { falsePositive: true });
		expect((await api.get(span())).data).toEqual([]);
		expect((await api.get(`${span()}?showExcluded=True`)).data).toMatchObject([{ status: 'Closed', excluded: true }]);
	});

	it('can be filtered by status, computer, client, rule and case', async () => {
		orion.indicators.seed({
			status: 'Pending',
			machineName: 'PC-ONE',
			muid: 'M-1',
			clientId: 'C-1',
			huntingRule: 'rule a',
			caseId: '7',
		});
		orion.indicators.seed({
			status: 'InProgress',
			machineName: 'PC-TWO',
			muid: 'M-2',
			clientId: 'C-2',
			huntingRule: 'rule b',
		});
		orion.indicators.seed({
			status: 'Closed',
			machineName: 'PC-THREE',
			muid: 'M-3',
			clientId: 'C-2',
			huntingRule: 'rule b',
		});
		const names = async (query: string) =>
			(await api.get(`${span()}?${query}`)).data.map((one: { machineName: string }) => one.machineName);
		expect(await names('statuses=Pending')).toEqual(['PC-ONE']);
		expect(await names('statuses=InProgress&statuses=Closed')).toEqual(['PC-TWO', 'PC-THREE']);
		expect(await names('statuses=InProgress,Closed')).toEqual(['PC-TWO', 'PC-THREE']);
		expect(await names('MUID=m-3')).toEqual(['PC-THREE']);
		expect(await names('clientid=C-2&huntingrule=rule%20b&machineName=PC-TWO')).toEqual(['PC-TWO']);
		expect(await names('Caseid=7')).toEqual(['PC-ONE']);
		expect((await api.get(`${span()}?statuses=Finished`)).status).toBe(400);
	});

	it('can be asked for by seconds, but for no more than a month', async () => {
		orion.indicators.seed();
		const seconds = Math.floor(orion.clock.now() / 1_000);
		expect((await api.get(`alerts/${seconds - 3_600}/${seconds + 3_600}`)).data).toHaveLength(1);
		expect((await api.get(span(32))).status).toBe(400);
		expect((await api.get('alerts/yesterday/today')).status).toBe(400);
	});

	it('stop at 30,000 without saying so', async () => {
		const from = orion.clock.now() - HOUR;
		for (let i = 0; i < 30_010; i++) orion.indicators.seed({ timestamp: from + i });
		const { status, data } = await api.get(`alerts/${from}/${from + HOUR}`);
		expect(status).toBe(200);
		expect(data).toHaveLength(30_000);
		expect(data.at(-1).timestamp).toBe(from + 29_999);
	});

	it('can be had in camel case', async () => {
		orion.behaviour.fieldCase = 'camel';
		orion.indicators.seed({ muid: 'M-1', clientId: 'C-1' });
		expect((await api.get(span())).data).toMatchObject([
			{ muid: 'M-1', clientId: 'C-1', huntingRuleId: expect.any(String) },
		]);
	});
});

describe('what the sandbox Orion knows of files and computers', () => {
	beforeEach(() => {
		const { muid } = orion.estate.seedComputer({ machineName: 'PC-ONE', clientId: 'C-1' });
		const at = Date.UTC(2026, 0, 2);
		orion.estate.seedFile({
			md5: MD5,
			fileName: 'setup.exe',
			classification: 3,
			classificationName: 'Goodware',
			seenOn: [{ muid, lastPath: 'C:\\Users\\ana\\setup.exe', firstSeen: at, lastSeen: at }],
		});
	});

	it('tells what a file is, by its MD5 in whatever case', async () => {
		const { data } = await api.get(`forensics/md5/${MD5.toUpperCase()}/info`);
		expect(data).toMatchObject({
			fileName: 'setup.exe',
			fileSize: expect.any(Number),
			classification: 3,
			classificationName: 'Goodware',
		});
	});

	it('answers an unknown hash with empty fields, and refuses what is no MD5', async () => {
		expect(await api.get(`forensics/md5/${OTHER_MD5}/info`)).toMatchObject({
			status: 200,
			data: { fileName: '', classificationName: '' },
		});
		expect((await api.get(`forensics/md5/${'a'.repeat(64)}/info`)).status).toBe(400);
	});

	it('tells where a file was seen, and what those computers are', async () => {
		const [seen] = (await api.get(`forensics/md5/${MD5}/muids`)).data;
		expect(seen).toEqual({
			muid: expect.stringMatching(/^[0-9A-F-]{36}$/),
			clientId: 'C-1',
			lastPath: 'C:\\Users\\ana\\setup.exe',
			firstSeen: '2026-01-02T00:00:00.000Z',
			lastSeen: '2026-01-02T00:00:00.000Z',
		});
		const { data } = await api.get(`forensics/muid/${seen.muid}/info`);
		expect(Object.keys(data)).toEqual([
			'machineName',
			'clientName',
			'creationDate',
			'clientCreationDateUTC',
			'lastSeenUtc',
		]);
		const detail = await api.get(`${orion.url}/api/v1/remediations/muids/${seen.muid}/detail`);
		expect(detail.data).toMatchObject({
			muid: seen.muid,
			machineName: 'PC-ONE',
			isIsolated: false,
		});
		expect((await api.get('forensics/muid/unknown/info')).status).toBe(404);
	});

	it('finds a computer by a part of its name, within one client', async () => {
		expect((await api.get('clients/C-1/machine-name/pc-o/muid')).data).toMatchObject([{ machineName: 'PC-ONE' }]);
		expect((await api.get('clients/C-2/machine-name/pc-o/muid')).data).toEqual([]);
	});

	it('tells of several files at once, with and without "applications" in the path', async () => {
		for (const path of ['/api/v1/forensics/md5/batch/sample', '/api/v1/applications/forensics/md5/batch/sample']) {
			const { data } = await api.post(`${orion.url}${path}`, [MD5, OTHER_MD5]);
			expect(data).toMatchObject([
				{ md5: MD5, fileName: 'setup.exe' },
				{ md5: OTHER_MD5, fileName: '' },
			]);
		}
	});
});

describe('responding on computers of the sandbox Orion', () => {
	it('answers per computer, and isolates, releases and restarts those it knows', async () => {
		const pc = orion.estate.seedComputer({ machineName: 'PC-ONE' });
		const { data } = await api.post('remediations/muids/isolate', { MUIDs: [pc.muid, 'unknown'] });
		expect(data).toEqual([
			{ MUID: pc.muid, deviceId: null, requestAccepted: true, errorCode: 0, errorMessage: '' },
			{
				MUID: 'unknown',
				deviceId: null,
				requestAccepted: false,
				errorCode: 1,
				errorMessage: expect.stringMatching(/./),
			},
		]);
		expect(pc.isolated).toBe(true);
		await api.post('remediations/muids/deisolate', { MUIDs: [pc.muid] });
		await api.post('remediations/muids/reboot', { MUIDs: [pc.muid] });
		expect(pc).toMatchObject({ isolated: false, reboots: 1 });
		expect((await api.post('remediations/muids/isolate', { MUIDs: [] })).status).toBe(400);
	});

	it('accepts a request for an offline computer, which acts on it when it is back', async () => {
		const pc = orion.estate.seedComputer({ machineName: 'PC-ONE', online: false });
		const { data } = await api.post('remediations/muids/isolate', { MUIDs: [pc.muid] });
		expect(data).toMatchObject([{ requestAccepted: true }]);
		expect(pc.isolated).toBe(false);
		orion.bringOnline(pc.muid);
		expect(pc.isolated).toBe(true);
	});
});

describe('querying the sandbox Orion', () => {
	const osQuery = (call: string, body: unknown) => api.post(`${orion.url}/api/v1/osQuery/${call}`, body);

	it('runs an osQuery on computers and gives a link that lives five minutes', async () => {
		const pc = orion.estate.seedComputer({
			machineName: 'PC-ONE',
			osQueryRows: [{ name: 'calc.exe' }],
		});
		const { data } = await osQuery('machine', {
			query: 'SELECT name FROM processes',
			ttl: 60,
			MUIDs: [pc.muid],
		});
		expect(data).toEqual([{ pandaID: pc.clientId, operationId: expect.any(String) }]);
		const ids = [data[0].operationId];
		expect((await osQuery('info', ids)).data).toMatchObject([{ status: 'InProgress' }]);
		expect((await osQuery('info', ids)).data).toMatchObject([{ status: 'Finished' }]);
		const [{ url }] = (await osQuery('state', ids)).data;
		expect((await axios.get(url)).data).toEqual([{ muid: pc.muid, machineName: 'PC-ONE', name: 'calc.exe' }]);
		orion.clock.advance(5 * 60_000);
		expect((await axios.get(url, { validateStatus: () => true })).status).toBe(403);
		const [again] = (await osQuery('state', ids)).data;
		expect((await axios.get(again.url)).status).toBe(200);
	});

	it('runs an osQuery on all computers of a client', async () => {
		orion.estate.seedComputer({ machineName: 'PC-ONE', clientId: 'C-1' });
		orion.estate.seedComputer({ machineName: 'PC-TWO', clientId: 'C-1' });
		orion.behaviour.osQueryPolls = 0;
		orion.behaviour.osQueryLink = 'info';
		const { data } = await osQuery('client', {
			query: 'SELECT * FROM os_version',
			ttl: 0,
			pandaIDs: ['C-1'],
		});
		const [{ url }] = (await osQuery('info', [data[0].operationId])).data;
		expect((await axios.get(url)).data).toHaveLength(2);
	});

	it('refuses an osQuery without query or with a time to live beyond a day', async () => {
		expect((await osQuery('machine', { ttl: 5, MUIDs: ['x'] })).status).toBe(400);
		expect((await osQuery('machine', { query: 'SELECT 1', ttl: 1_441, MUIDs: ['x'] })).status).toBe(400);
		expect((await osQuery('state', ['unknown'])).status).toBe(404);
	});

	it('answers simple SQL over its seeded tables and refuses what it cannot read', async () => {
		orion.tables.set('DnsOps', [
			{ MachineName: 'PC-ONE', DomainName: 'a.com', Count: 3 },
			{ MachineName: 'PC-TWO', DomainName: "it's.com", Count: 1 },
		]);
		const ask = (sql: string) => api.post('explorations', { sql });
		expect((await ask('SELECT * FROM DnsOps LIMIT 1')).data).toEqual([
			{ MachineName: 'PC-ONE', DomainName: 'a.com', Count: 3 },
		]);
		expect(
			(await ask("select MachineName, Count from dnsops where DomainName = 'it''s.com' and Count = 1;")).data,
		).toEqual([{ MachineName: 'PC-TWO', Count: 1 }]);
		expect((await ask('SELEC * FROM DnsOps')).status).toBe(400);
		expect((await ask('SELECT * FROM Nowhere')).status).toBe(400);
	});
});

describe('the permissions of an application in the sandbox Orion', () => {
	it.each([
		['importIocs', 'post', '/applications/iocs/filehashioc', [hash()]],
		['deleteIocs', 'post', '/applications/iocs/filehashioc/eraser/', [{ hash: MD5 }]],
		['searchIocs', 'post', '/applications/iocs/filehashioc/getter', [{ hash: MD5 }]],
		['getIndicators', 'get', '/applications/alerts/1/2', undefined],
		['fileInformation', 'get', `/applications/forensics/md5/${MD5}/info`, undefined],
		['isolateComputers', 'post', '/applications/remediations/muids/isolate', { MUIDs: ['x'] }],
		['restartComputers', 'post', '/applications/remediations/muids/reboot', { MUIDs: ['x'] }],
		['osQuery', 'post', '/osQuery/machine', { query: 'SELECT 1', ttl: 1, MUIDs: ['x'] }],
		['advancedQueries', 'post', '/applications/explorations', { sql: 'SELECT 1' }],
	] as const)('answer 403 where %s is off', async (action, method, path, data) => {
		orion.permissions[action] = false;
		const answer = await api.request({ method, url: `${orion.url}/api/v1${path}`, data });
		expect(answer).toMatchObject({ status: 403, data: { httpStatusCode: 403, success: false } });
	});

	it('answers an unknown path with 404 in JSON, and malformed JSON with 400', async () => {
		expect(await api.get('nothing')).toMatchObject({ status: 404, data: { success: false } });
		const headers = { 'Content-Type': 'application/json' };
		expect((await api.post('iocs/filehashioc', '[{', { headers })).status).toBe(400);
	});
});
