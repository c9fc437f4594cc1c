import { fewestRequests } from '../fewest';
import type { Cost, N8nCost } from '../measure/run';
import type { MemoryGrowth, Removal, Results, ScalingOut, Sweep, Upload } from '../results';
import { count, figure, megabytes, milliseconds, ratio, seconds, table, text } from './table';
import { isMet, type Target, workRequests } from './targets';

export const targetTable = (targets: readonly Target[]): string =>
	table(targets, [
		text('What', ({ what }) => what),
		figure('Measured', ({ measured, digits, unit }) => `${measured.toFixed(digits)} ${unit}`),
		figure('Target', ({ limit, unit }) => `at most ${limit} ${unit}`),
		text('', (target) => (isMet(target) ? 'met' : '**missed**')),
	]);

export const uploadTable = (uploads: readonly Upload[]): string =>
	table(uploads, [
		figure('IOCs', ({ iocs }) => count(iocs)),
		figure('Orion', ({ latencyMs }) => `${latencyMs} ms`),
		text('MISP', ({ paced }) => (paced ? 'as measured' : 'at once')),
		figure('Sync / bare loop', ({ sync, bare }) => `**${ratio(sync.median.ms / bare.median.ms)}**`),
		figure('`upload-iocs` / bare loop', ({ workflow, bare }) =>
			workflow ? `**${ratio(workflow.median.ms / bare.median.ms)}**` : '',
		),
		figure('Bare loop', ({ bare }) => `${seconds(bare.median.ms)} s`),
		figure('Sync', ({ sync }) => `${seconds(sync.median.ms)} s`),
		figure('`upload-iocs`', ({ workflow }) => (workflow ? `${seconds(workflow.median.ms)} s` : '')),
		figure('Runs of each', ({ bare }) => String(bare.runs)),
	]);

export function costTable(uploads: readonly Upload[]): string {
	interface Line {
		upload: Upload;
		way: string;
		cost: Cost & Partial<N8nCost>;
	}
	const lines = uploads.flatMap((upload): Line[] => [
		{ upload, way: 'bare loop', cost: upload.bare.median },
		{ upload, way: 'sync', cost: upload.sync.median },
		...(upload.workflow ? [{ upload, way: '`upload-iocs`', cost: upload.workflow.median }] : []),
	]);
	return table(lines, [
		figure('IOCs', ({ upload }) => count(upload.iocs)),
		figure('Orion', ({ upload }) => `${upload.latencyMs} ms`),
		text('Way', ({ way }) => way),
		figure('Requests', ({ cost }) => count(workRequests(cost))),
		figure('/ fewest', ({ upload, cost }) => ratio(workRequests(cost) / fewestRequests(upload))),
		figure('Sent', ({ cost }) => `${megabytes(cost.bytes.sent)} MB`),
		figure('Received', ({ cost }) => `${megabytes(cost.bytes.answered)} MB`),
		figure('CPU time', ({ cost }) => `${seconds(cost.cpuMs)} s`),
		figure('Event loop p99', ({ cost }) => (cost.loopDelay ? `${milliseconds(cost.loopDelay.p99)} ms` : '')),
		figure('longest', ({ cost }) => (cost.loopDelay ? `${milliseconds(cost.loopDelay.max)} ms` : '')),
		figure('`/healthz` at most', ({ cost }) =>
			cost.longestHealthCheck === undefined ? '' : `${milliseconds(cost.longestHealthCheck)} ms`,
		),
	]);
}

export const memoryTable = ({ idle, steps }: MemoryGrowth): string =>
	table(steps, [
		figure('IOCs', ({ iocs }) => count(iocs)),
		figure('Peak over idle', ({ cost }) => `**${megabytes(cost.memory.peak - idle)} MB**`),
		figure('Peak', ({ cost }) => `${megabytes(cost.memory.peak)} MB`),
		figure('Time', ({ cost }) => `${seconds(cost.ms)} s`),
		figure('IOCs/s', ({ iocs, cost }) => count(iocs / (cost.ms / 1_000))),
		figure('Requests', ({ cost }) => count(workRequests(cost))),
		figure('Longest block', ({ cost }) => `${milliseconds(cost.loopDelay.max)} ms`),
	]);

export function sweepTable({ steps }: Sweep): string {
	const fastest = Math.min(...steps.map(({ series }) => series.median.ms));
	return table(steps, [
		figure('Requests at once', ({ concurrency }) => String(concurrency)),
		figure('IOCs a request', ({ batchSize }) => count(batchSize)),
		figure('/ fastest', ({ series }) => `**${ratio(series.median.ms / fastest)}**`),
		figure('Time', ({ series }) => `${seconds(series.median.ms)} s`),
		figure('Requests', ({ series }) => count(workRequests(series.median))),
	]);
}

export const removalTable = (removals: readonly Removal[]): string =>
	table(removals, [
		text('How', ({ way }) => way),
		figure('Of', ({ held }) => count(held)),
		figure('Go', ({ removed }) => count(removed)),
		figure('Time', ({ cost }) => `${seconds(cost.ms)} s`),
		figure('Requests', ({ cost }) => count(workRequests(cost))),
		figure('Received', ({ cost }) => `${megabytes(cost.bytes.answered)} MB`),
		figure('Longest block', ({ cost }) => `${milliseconds(cost.loopDelay.max)} ms`),
	]);

export function restTable({ tagRemoval, nothing }: Pick<Results, 'tagRemoval' | 'nothing'>): string {
	const lines = [
		{ what: `${count(tagRemoval.attributes)} tagged attributes, each untagged (sync)`, cost: tagRemoval.cost },
		{ what: `Nothing to do beside ${count(nothing.held)} uploaded (sync)`, cost: nothing.sync },
		{ what: `Nothing to do beside ${count(nothing.held)} uploaded (\`upload-iocs\`)`, cost: nothing.workflow },
	];
	return table(lines, [
		text('What', ({ what }) => what),
		figure('Time', ({ cost }) => `${seconds(cost.ms)} s`),
		figure('Requests', ({ cost }) => count(workRequests(cost))),
	]);
}

export const scalingTable = (scaling: readonly ScalingOut[]): string =>
	table(scaling, [
		figure('IOCs of each n8n', ({ iocsEach }) => count(iocsEach)),
		figure('IOCs an event', ({ perEvent }) => count(perEvent)),
		figure(
			'Two at once / one',
			({ aloneMs, togetherMs }) => `**${ratio((2 * aloneMs) / togetherMs)}** as much a second`,
		),
		figure('One alone', ({ aloneMs }) => `${seconds(aloneMs)} s`),
		figure('Both at once', ({ togetherMs }) => `${seconds(togetherMs)} s`),
	]);
