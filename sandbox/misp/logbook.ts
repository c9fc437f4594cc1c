import type { User } from './model';
import { sqlDate } from './time';

export interface LogEntry {
	readonly id: number;
	readonly title: string;
	readonly created: string;
	readonly model: string;
	readonly modelId: string;
	readonly action: string;
	readonly user: User;
}

const METHODS = new Set(['POST', 'PUT', 'DELETE']);
/** Searches and look-ups come by POST too, and are not logged. */
const READS = new Set([
	'restsearch',
	'index',
	'search',
	'view',
	'checkvalue',
	'comparefeeds',
	'searchcaches',
	'listsightings',
	'feedcoverage',
]);

/** A line for each change that went through: less than MISP's own log, in its shape. */
export class Logbook {
	readonly entries: LogEntry[] = [];

	note(
		request: {
			method: string;
			controller: string;
			action: string;
			args: readonly string[];
			status: number;
			title: string | undefined;
		},
		user: User,
	): void {
		const { method, controller, action, args, status, title } = request;
		if (!METHODS.has(method) || READS.has(action.toLowerCase()) || status !== 200) return;
		const model = controller.replace(/ies$/, 'y').replace(/s$/, '');
		this.entries.push({
			id: this.entries.length + 1,
			title: title ?? `${controller} ${action}`,
			created: sqlDate(),
			model: model.charAt(0).toUpperCase() + model.slice(1),
			modelId: args[0] ?? '0',
			action,
			user,
		});
	}
}
