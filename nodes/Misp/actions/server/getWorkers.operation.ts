import { eachItem } from '../../call';
import { asNumber, asRecord, asRecords, isRecord } from '../../json';

/** GET /servers/getWorkers */
export const getWorkers = eachItem({
	name: 'Get Workers',
	action: 'Get the background workers of the server',
	description:
		'Get the queues of background jobs: how many workers are alive and how many jobs wait. Needs the key of a site admin.',
	fields: [],
	async execute({ misp, hint }) {
		const { body } = await misp.get('/servers/getWorkers');
		// A list with one sentence where background jobs are off.
		if (!isRecord(body)) {
			hint('Background jobs are switched off on this MISP: it does everything at once.');
			return [];
		}
		return Object.entries(asRecord(body)).flatMap(([queue, found]) => {
			const state = asRecord(found);
			if (!Array.isArray(state.workers)) return [];
			const workers = asRecords(state.workers);
			return [
				{
					queue,
					ok: state.ok === true,
					workers: workers.length,
					alive: workers.filter(({ alive }) => alive === true).length,
					jobs_waiting: asNumber(state.jobCount),
				},
			];
		});
	},
});
