import type { NextStep, Part } from './halve';
import { halve } from './halve';
import type { Send, SendResult } from './send';

const nextStep: Readonly<Record<SendResult['kind'], NextStep>> = {
	accepted: 'keep',
	refused: 'halve',
	// An Orion that has just used up all retries is not asked about the other halves as well.
	unavailable: 'stop',
};

/**
 * Sends a batch; where it is refused, sends its halves, until what Orion refuses stands alone. Orion gives no result
 * per IOC, so that one bad value would otherwise cost the whole batch.
 */
export function bisect<E>(entries: readonly E[], send: Send<E>): Promise<Array<Part<E, SendResult>>> {
	return halve(entries, send, ({ answer }) => nextStep[answer.kind]);
}
