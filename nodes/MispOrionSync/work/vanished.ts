import { iocIn } from '../../CytomicOrion/answers/ioc';
import { isRow, rowsOf, textIn } from '../../CytomicOrion/answers/row';
import { iocTypeNames } from '../../CytomicOrion/ioc';
import type { Orion } from '../../CytomicOrion/transport/connect';
import { paths } from '../../CytomicOrion/transport/paths';
import { asRecords, asText } from '../../Misp/json';
import type { Misp } from '../../Misp/transport/connect';
import { describedEvent } from './describedEvent';
import type { NoLook } from './notOffered';
import { noLookAtMisp, noLookAtOrion } from './notOffered';

/** An IOC that Orion still holds of an event that is no longer in MISP. */
export type Vanished = {
	type: string;
	value: string;
	event_uuid: string;
	event_info: string;
};

export type LookForVanished = { ok: true; iocs: Vanished[] } | { ok: false; why: NoLook };

/**
 * IOCs of events that were deleted from MISP. Nothing there holds their attributes any more; but its blocklist names the events (GET
 * /eventBlocklists/index, for site admins), and Orion has the description that each IOC was uploaded with. Orion is asked for all IOCs
 * with this source (POST …/getter, whose form the vendor doesn't document) and only where there are such events.
 */
export async function findVanished(
	misp: Misp,
	orion: Orion,
	{ source, description }: { source: string; description: string },
): Promise<LookForVanished> {
	const blocklist = await misp.ask({ method: 'GET', path: '/eventBlocklists/index' });
	if (blocklist.kind === 'problem') return { ok: false, why: noLookAtMisp(blocklist.problem) };
	// An empty answer of a proxy, or half of one: taken for an empty list, what vanished would stay in Orion, and the run would say all is well.
	if (!Array.isArray(blocklist.body))
		return { ok: false, why: { message: 'MISP’s answer is no list of blocked events.', offered: true } };
	const named = describedEvent(
		description,
		asRecords(blocklist.body).map((row) => ({ uuid: asText(row.event_uuid), info: asText(row.event_info) })),
	);
	if (named.isEmpty) return { ok: true, iocs: [] };
	const iocs: Vanished[] = [];
	for (const type of iocTypeNames) {
		const reading = await orion.ask({ method: 'POST', path: paths.getIocs(type), body: [{ source }] });
		if (reading.kind === 'problem') return { ok: false, why: noLookAtOrion(reading.problem) };
		for (const row of rowsOf(reading.body)) {
			const ioc = iocIn(type, row);
			const event = isRow(row) ? named.find(textIn(row, 'description')) : undefined;
			if (ioc && event) iocs.push({ ...ioc, event_uuid: event.uuid, event_info: event.info });
		}
	}
	return { ok: true, iocs };
}
