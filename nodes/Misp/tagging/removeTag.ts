import type { Problem } from '../../shared/problem';
import type { Misp } from '../transport/connect';
import { problemOf } from '../transport/connect';
import { proven } from './proof';

/** What became of one tag: taken off; not there any more, since another run was quicker, or an earlier try whose answer got lost; or why it stays. */
export type Removal = 'removed' | 'gone' | Problem;

/** Takes a tag off an event or attribute: POST /tags/removeTagFromObject. */
export async function removeTag(misp: Misp, uuid: string, tag: string): Promise<Removal> {
	const reading = proven(
		await misp.ask({ method: 'POST', path: '/tags/removeTagFromObject', body: { uuid, tag }, repeatable: true }),
	);
	if (reading.kind === 'data') return 'removed';
	return reading.problem.code === 'tag_not_attached' ? 'gone' : problemOf(reading.problem);
}
