import axios, { type AxiosInstance } from 'axios';
import type { MispSandbox } from '.';

export type MispClient = Pick<AxiosInstance, 'get' | 'post' | 'put' | 'delete' | 'request'>;

/** Axios as a user of this MISP: no status throws, redirects are shown. */
export function clientFor(misp: MispSandbox, key: keyof MispSandbox['keys'] | 'none' = 'admin'): MispClient {
	return axios.create({
		baseURL: misp.url,
		headers: {
			Accept: 'application/json',
			...(key === 'none' ? {} : { Authorization: misp.keys[key] }),
		},
		validateStatus: () => true,
		maxRedirects: 0,
	});
}
