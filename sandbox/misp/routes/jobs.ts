import { notFound, ok, type Answer } from '../answers';
import { numberOf, type Call, type Controller } from '../call';
import { jobShape } from '../jobs';

/** Newest first; `/jobs/index/{queue}` for one queue, `limit:n`. */
function index(call: Call): Answer {
	if (!call.server.jobs.enabled) throw notFound('Background jobs are not enabled on this instance.');
	const [queue] = call.args;
	const jobs = call.server.jobs.jobs.filter(({ worker }) => queue === undefined || worker === queue).reverse();
	return ok(jobs.slice(0, numberOf(call.named['limit']) ?? jobs.length).map(jobShape));
}

function progress(call: Call): Answer {
	const job = call.server.jobs.jobs.find(({ id }) => String(id) === call.args[0]);
	if (!job) throw notFound('Invalid job.');
	return ok({
		[job.id]: { job_status: job.status === '0' ? 'Running' : 'Completed', progress: job.progress },
	});
}

export const jobs: Controller = {
	index: { needs: 'site_admin', run: index },
	getGenerateCorrelationProgress: { needs: 'site_admin', run: progress },
};
