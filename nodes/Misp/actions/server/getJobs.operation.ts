import { eachItem } from '../../call';
import { listJobs } from '../../transport/jobs';

/** GET /jobs/index; needs a site admin. */
export const getJobs = eachItem({
	name: 'Get Jobs',
	action: 'Get the background jobs of the server',
	description: 'Get the latest background jobs and how they ended. Needs the key of a site admin.',
	fields: [
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			description: 'Max number of results to return',
		},
	],
	async execute({ item, misp, hint }) {
		const limit = item.number('limit');
		const jobs = await listJobs(misp, limit);
		if (!jobs) hint('Background jobs are switched off on this MISP: it does everything at once.');
		return (jobs ?? []).slice(0, limit).map((job) => ({ ...job }));
	},
});
