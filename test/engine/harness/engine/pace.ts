import type { InternalAxiosRequestConfig } from 'axios';
import { createRequire } from 'node:module';
import type { Pace } from '../protocol';

/** What the nodes pause with: they reach it through n8n-workflow. */
interface Clock {
	sleep(ms: number, stop?: AbortSignal): Promise<void>;
}
interface Requests {
	interceptors: { request: { use(change: (config: InternalAxiosRequestConfig) => InternalAxiosRequestConfig): void } };
}

const beside = (...packages: string[]): NodeJS.Require =>
	packages.reduce((from, name) => createRequire(from.resolve(name)), createRequire(__filename));

let pace: Required<Pace> = { pauses: 1, timeouts: 1 };

const clock: Clock = beside('n8n-workflow')('@n8n/utils/sleep');
const { sleep } = clock;
clock.sleep = async (ms, stop) => await sleep(ms * pace.pauses, stop);

const requests: Requests = beside('n8n-core', '@n8n/backend-network')('axios');
requests.interceptors.request.use((config) =>
	config.timeout === undefined ? config : { ...config, timeout: Math.ceil(config.timeout * pace.timeouts) },
);

/** From now on: an hour's outage in a second, with every pause and every limit that an operation has. */
export function setPace({ pauses = 1, timeouts = 1 }: Pace = {}): void {
	pace = { pauses, timeouts };
}
