import axios from 'axios';
import { type OrionSandbox, startOrion } from '../../../sandbox/orion';
import { CountingOrion, type OrionAccess } from '../../bench/standIns/orion';

let sandbox: OrionSandbox;
let access: readonly OrionAccess[];
const counting = new CountingOrion();

beforeAll(async () => {
	sandbox = await startOrion();
	access = [await counting.listen(), { ...sandbox, ...sandbox.credentials }];
});
afterAll(async () => {
	counting.close();
	await sandbox.close();
});

async function signedIn({ tokenUrl, clientId, clientSecret, username, password }: OrionAccess) {
	const { data } = await axios.post(
		tokenUrl,
		new URLSearchParams({ grant_type: 'password', scope: 'orion.api', username, password }),
		{ auth: { username: clientId, password: clientSecret } },
	);
	return data;
}

async function answers(path: string, body: object): Promise<unknown[]> {
	return await Promise.all(
		access.map(async (orion) => {
			const { access_token: token } = await signedIn(orion);
			const { status, data } = await axios.post(orion.apiUrl + path, body, {
				headers: { Authorization: `Bearer ${token}` },
			});
			return { status, data };
		}),
	);
}

const domains = (count: number) =>
	Array.from({ length: count }, (_, n) => ({ domain: `host-${n}.example.net`, DaysToExpiration: '365' }));

describe('The Orion of the bench', () => {
	it('hands out tokens of the same shape as the sandbox’s', async () => {
		const [made, kept] = await Promise.all(access.map(signedIn));
		expect(Object.keys(made).sort()).toEqual(Object.keys(kept).sort());
	});

	it('answers imports and erasures in the same words', async () => {
		for (const [path, body] of [
			['iocs/domainioc', domains(3)],
			['iocs/domainioc?retrospective=false', domains(2)],
			['iocs/domainioc/eraser/', [{ domain: 'host-1.example.net' }, { domain: 'never.example.net' }]],
		] as const) {
			const [made, kept] = await answers(path, body);
			expect(made).toEqual(kept);
		}
	});

	it('counts different IOCs, and those that came again', async () => {
		counting.clear();
		await answers('iocs/domainioc', domains(1_000));
		await answers('iocs/domainioc', domains(10));
		expect([counting.count, counting.repeated]).toEqual([1_000, 10]);
	});

	it('refuses who is not signed in', async () => {
		await expect(axios.post(`${access[0]?.apiUrl}iocs/domainioc`, domains(1))).rejects.toThrow('401');
	});
});
