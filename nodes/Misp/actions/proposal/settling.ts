import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../../shared/problem';
import { asRecord, asText } from '../../json';
import type { Misp } from '../../transport/connect';
import { problemOf } from '../../transport/connect';

/**
 * Accepts or discards a proposal. MISP breaks off over one that is unknown or settled already, so it is looked up where that happens.
 * @throws Problem telling an unknown proposal from one that the key may not settle
 */
export async function settle(misp: Misp, how: 'accept' | 'discard', id: string): Promise<IDataObject> {
	const reading = await misp.ask({
		method: 'POST',
		path: `/shadow_attributes/${how}/${encodeURIComponent(id)}`,
		body: {},
	});
	if (reading.kind === 'data')
		return {
			proposal: id,
			[how === 'accept' ? 'accepted' : 'discarded']: true,
			message: asText(asRecord(reading.body).message),
		};
	const looked = await misp.ask({ method: 'GET', path: `/shadow_attributes/view/${encodeURIComponent(id)}` });
	if (looked.kind === 'problem' && looked.problem.code === 'not_found') {
		throw new Problem(
			`MISP has no open proposal ${id}, or hides it from this key`,
			'It may have been accepted or discarded already.',
			'not_found',
		);
	}
	throw problemOf(reading.problem);
}
