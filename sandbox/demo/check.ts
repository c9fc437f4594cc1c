import { CONTROL_TAGS, type EventState } from '../mispClient';
import type { ChainRecord, Snapshot } from './chain';
import { iocKey } from './keys';
import { iocTally } from './outcomes';

/** One thing that must be true of the servers after the run. */
export interface Check {
	what: string;
	ok: boolean;
	/** What was found instead, or how much was looked at. */
	found: string;
}

/**
 * Compares what the workflows should have done with what MISP and Orion then hold. `ownMisp`: a MISP that nothing was in
 * before; in another one there may be deletions that the demo knows nothing of.
 */
export function checkChain(record: ChainRecord, { ownMisp }: { ownMisp: boolean }): Check[] {
	const { analyst, after } = record;
	const both = [analyst.campaign.uuid, analyst.botnet.uuid];
	const tagged = withTag(after['tag-and-publish'], CONTROL_TAGS.upload);
	const uploaded = withTag(after['upload-iocs'], CONTROL_TAGS.uploaded);
	const marked = withTag(after['delete-iocs'], CONTROL_TAGS.uploaded);

	return [
		contains('The new events were tagged for upload', uuids(tagged), both),
		all('What was tagged was published as well', tagged, ({ published }) => published),
		contains('After the upload all of them are marked as uploaded', uuids(uploaded), uuids(tagged)),
		none('No event still waits for upload', withTag(after['upload-iocs'], CONTROL_TAGS.upload)),
		all('The uploaded events are still published', uploaded, ({ published }) => published),
		all(
			'The control tags are local, so no event was changed by them',
			withControlTag(after['upload-iocs']),
			areControlTagsLocal,
		),
		...checkOrion(record, ownMisp),
		none('After the deletion no event still waits for it', withTag(after['delete-iocs'], CONTROL_TAGS.delete)),
		{
			what: 'The deleted event is no longer marked as uploaded, the other ones are',
			ok:
				!uuids(marked).includes(analyst.campaign.uuid) &&
				uploaded.every(({ uuid }) => uuid === analyst.campaign.uuid || uuids(marked).includes(uuid)),
			found: `${uploaded.length} marked before, ${marked.length} after`,
		},
	];
}

function checkOrion({ analyst, after, runs }: ChainRecord, ownMisp: boolean): Check[] {
	const before = after['upload-iocs'].iocs;
	const now = after['delete-iocs'].iocs;
	if (!before || !now) return [];
	const { uploaded, gone, kept, never } = analyst.expected;
	const keysBefore = before.map(({ type, value }) => iocKey(type, value));
	const keysNow = now.map(({ type, value }) => iocKey(type, value));
	const vanished = keysBefore.filter((key) => !keysNow.includes(key));
	const imported = iocTally(runs['upload-iocs']).byStatus.get('imported') ?? 0;
	const deleted = iocTally(runs['delete-iocs']).byStatus.get('deleted') ?? 0;
	return [
		{
			what: 'Orion holds as many IOCs as the workflow says it imported',
			ok: imported >= keysBefore.length && keysBefore.length > 0,
			found: `${keysBefore.length} held, ${imported} imported (an IOC of two events counts twice)`,
		},
		{
			what: 'As many are gone as the workflow says it deleted',
			ok: ownMisp ? deleted === vanished.length : deleted >= vanished.length,
			found: `${vanished.length} gone, ${deleted} deleted`,
		},
		contains("Orion holds the new events' IOCs", keysBefore, uploaded),
		all('Every IOC in Orion has a time to live of at least a day', before, ({ ttlDays }) => ttlDays >= 1),
		none(
			'A private address was not sent',
			keysBefore.filter((key) => never.includes(key)),
		),
		{
			what: 'The deletion removed exactly the IOCs that were marked or revoked',
			ok: same(vanished, gone) && keysNow.every((key) => keysBefore.includes(key)),
			found: `${vanished.length} of ${gone.length} gone, ${keysNow.length} left`,
		},
		contains('An IOC that another uploaded event still wants is still there', keysNow, kept),
	];
}

const withTag = ({ events }: Snapshot, tag: string): EventState[] =>
	events.filter(({ tags }) => tags.some(({ name }) => name === tag));

const isControlTag = (name: string): boolean => Object.values<string>(CONTROL_TAGS).includes(name);
const withControlTag = ({ events }: Snapshot): EventState[] =>
	events.filter(({ tags }) => tags.some(({ name }) => isControlTag(name)));
const areControlTagsLocal = ({ tags }: EventState): boolean =>
	tags.every(({ name, local }) => local || !isControlTag(name));

const uuids = (events: readonly EventState[]): string[] => events.map(({ uuid }) => uuid);
const same = (a: readonly string[], b: readonly string[]): boolean =>
	new Set(a).size === new Set(b).size && a.every((key) => b.includes(key));

function contains(what: string, whole: readonly string[], part: readonly string[]): Check {
	const known = new Set(whole);
	const missing = part.filter((one) => !known.has(one));
	return {
		what,
		ok: missing.length === 0,
		found: missing.length === 0 ? `${part.length} of ${part.length}` : `missing: ${missing.slice(0, 5).join(', ')}`,
	};
}

function all<T>(what: string, list: readonly T[], good: (one: T) => boolean): Check {
	const count = list.filter(good).length;
	return { what, ok: list.length > 0 && count === list.length, found: `${count} of ${list.length}` };
}

function none(what: string, list: readonly unknown[]): Check {
	return { what, ok: list.length === 0, found: list.length === 0 ? 'none' : `${list.length}` };
}
