import type { OrionProblem } from '../../CytomicOrion/transport/answer';

/**
 * A look that servers may not offer: Orion's is not documented by the vendor, MISP's blocklist is for site admins. Where that is so the run
 * goes on without it and says so; any other trouble means that the work is left for the next run.
 */
export type NoLook = { message: string; offered: boolean };

const notOfferedByOrion: ReadonlySet<string> = new Set<OrionProblem['code']>(['forbidden', 'not_found', 'refused']);
const notOfferedByMisp: ReadonlySet<string> = new Set(['permission_missing', 'not_found', 'no_such_endpoint']);

type Trouble = { message: string; code: string };

const read =
	(notOffered: ReadonlySet<string>) =>
	({ message, code }: Trouble): NoLook => ({
		message,
		offered: !notOffered.has(code),
	});

export const noLookAtOrion = read(notOfferedByOrion);
export const noLookAtMisp = read(notOfferedByMisp);
