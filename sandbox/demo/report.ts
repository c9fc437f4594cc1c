import { CONTROL_TAGS } from '../mispClient';
import type { ChainRecord, Snapshot } from './chain';
import type { Check } from './check';
import { feedOutcomes, type IocTally, iocTally } from './outcomes';
import type { DemoServers, HeldIoc } from './servers';
import { table } from './table';

/** The run in tables, as a person wants to read it, with what was checked at the end. */
export function report(record: ChainRecord, checks: readonly Check[], servers: DemoServers): string {
	const uploads = iocTally(record.runs['upload-iocs']);
	const deletions = iocTally(record.runs['delete-iocs']);
	return [
		feedTable(record),
		eventTable(record),
		iocTable(record.after['upload-iocs'].iocs),
		tallyTable('What came of the IOCs', { 'upload-iocs': uploads, 'delete-iocs': deletions }),
		reasonTable({ 'upload-iocs': uploads, 'delete-iocs': deletions }),
		deletionTable(record),
		checkTable(checks),
		verdict(checks, servers),
	].join('\n');
}

function feedTable(record: ChainRecord): string {
	const rows = feedOutcomes(record.runs['fetch-feeds']).map(({ name, format, outcome, message }) => [
		name,
		format,
		outcome,
		message,
	]);
	return table('Feeds', ['feed', 'format', 'outcome', 'MISP says'], rows);
}

function eventTable({ after }: ChainRecord): string {
	const last = new Map(after['delete-iocs'].events.map((event) => [event.uuid, event]));
	const tagged = tagsOf(after['tag-and-publish'], CONTROL_TAGS.upload);
	const uploaded = tagsOf(after['upload-iocs'], CONTROL_TAGS.uploaded);
	const waiting = tagsOf(after['upload-iocs'], CONTROL_TAGS.upload);
	const marked = tagsOf(after['delete-iocs'], CONTROL_TAGS.uploaded);
	const events = after['upload-iocs'].events.map(({ uuid, id, info }) => [
		id,
		info,
		word(tagged.has(uuid)),
		word(tagged.has(uuid) && !waiting.has(uuid)),
		word(uploaded.has(uuid)),
		word(marked.has(uuid)),
		word(last.get(uuid)?.published ?? false),
	]);
	return table('Events in MISP', ['id', 'event', 'tagged', 'untagged', 'uploaded', 'still up', 'published'], events);
}

function iocTable(iocs: readonly HeldIoc[] | undefined): string {
	if (!iocs)
		return 'IOCs in Orion\n  A real Orion has no documented way to list them; look at Settings > IOCs in its console.\n';
	const types = [...new Set(iocs.map(({ type }) => type))].sort();
	const rows = types.map((type) => {
		const days = iocs.filter((ioc) => ioc.type === type).map(({ ttlDays }) => ttlDays);
		const least = days.reduce((a, b) => Math.min(a, b));
		const most = days.reduce((a, b) => Math.max(a, b));
		return [type, days.length, least === most ? `${least}` : `${least} to ${most}`];
	});
	return table('IOCs in Orion after the upload', ['type', 'IOCs', 'days to live'], rows);
}

function tallyTable(title: string, tallies: Readonly<Record<string, IocTally>>): string {
	const rows = Object.entries(tallies).flatMap(([workflow, { byStatus }]) =>
		[...byStatus].map(([status, count]) => [workflow, status, count]),
	);
	return table(title, ['workflow', 'outcome', 'IOCs'], rows);
}

function reasonTable(tallies: Readonly<Record<string, IocTally>>): string {
	const rows = Object.entries(tallies).flatMap(([workflow, { skippedByReason }]) =>
		[...skippedByReason].map(([reason, count]) => [workflow, reason, count]),
	);
	return table('Skipped, by reason', ['workflow', 'reason', 'IOCs'], rows);
}

function deletionTable({ after }: ChainRecord): string {
	const before = after['upload-iocs'].iocs;
	const now = after['delete-iocs'].iocs;
	if (!before || !now) return '';
	const left = new Set(now.map(({ type, value }) => `${type}:${value}`));
	const gone = before.filter(({ type, value }) => !left.has(`${type}:${value}`));
	return table(
		'Deleted from Orion',
		['type', 'value'],
		gone.map(({ type, value }) => [type, value]),
	);
}

function checkTable(checks: readonly Check[]): string {
	return table(
		'Checked against the servers',
		['', 'what', 'found'],
		checks.map(({ what, ok, found }) => [ok ? '✓' : '✗', what, found]),
	);
}

function verdict(checks: readonly Check[], { misp, orion }: DemoServers): string {
	const failed = checks.filter(({ ok }) => !ok).length;
	const unseen = orion.real
		? '\nWhat Orion holds could not be read back: its API has no documented way to list IOCs.'
		: '';
	const where = `${misp.real ? 'your MISP' : 'the stand-in MISP'} and ${orion.real ? 'your Orion' : 'the stand-in Orion'}`;
	return failed === 0
		? `All ${checks.length} checks hold for ${where}.${unseen}\n`
		: `${failed} of ${checks.length} checks do not hold for ${where}.${unseen}\n`;
}

const word = (yes: boolean): string => (yes ? 'yes' : '–');
const tagsOf = ({ events }: Snapshot, tag: string): Set<string> =>
	new Set(events.filter(({ tags }) => tags.some(({ name }) => name === tag)).map(({ uuid }) => uuid));
