import { asRecord } from '../json';
import type { Reading } from '../transport/answer';

/**
 * MISP says `saved: true` of every tag that it attached or took away, and of one that was attached already (2.5.1). An answer without it
 * is no proof: an empty one of a proxy, or half of one. Taken for a success, an event would lose the tag that asks for work
 * without getting the mark that says it is done.
 */
export function proven(reading: Reading): Reading {
	if (reading.kind === 'problem' || asRecord(reading.body).saved === true) return reading;
	return {
		kind: 'problem',
		problem: {
			code: 'not_confirmed',
			message: 'MISP’s answer does not say that the tag was changed.',
			advice: 'Run it again. If it stays so, see whether a proxy between n8n and MISP answers in its place.',
			retry: 'no',
		},
	};
}
