import type { MemoryGrowth, Results, Sweep, Upload } from '../results';

/** A plot for Vega-Lite: its file name without an ending, and its spec. */
export interface Plot {
	readonly name: string;
	readonly spec: Readonly<Record<string, unknown>>;
}

const WIDTH = 420;
const HEIGHT = 240;
const COLOURS = { domain: ['bare loop', 'sync', 'upload-iocs'], range: ['#8a8f98', '#1f6feb', '#d29922'] };
const MEGABYTE = 1_000_000;

const base = (title: string, values: readonly object[]) => ({
	width: WIDTH,
	height: HEIGHT,
	background: 'white',
	title,
	data: { values },
	config: {
		font: 'sans-serif',
		axis: { labelFontSize: 12, titleFontSize: 12 },
		legend: { labelFontSize: 12, titleFontSize: 12 },
	},
});

const quantity = (field: string, title: string, scale: object = {}) => ({ field, type: 'quantitative', title, scale });

export function plotsOf({ uploads, memory, sweep }: Partial<Results>): Plot[] {
	return [
		uploads && uploadPlot(uploads),
		...(memory ? memoryPlots(memory) : []),
		sweep && concurrencyPlot(sweep),
	].filter((plot) => plot !== undefined);
}

function uploadPlot(uploads: readonly Upload[]): Plot {
	const times = uploads
		.filter(({ paced }) => paced)
		.flatMap(({ iocs, latencyMs, bare, sync, workflow }) =>
			Object.entries({ 'bare loop': bare, sync, ...(workflow && { 'upload-iocs': workflow }) }).map(
				([way, { median }]) => ({
					iocs: `${iocs / 1_000}k`,
					order: iocs,
					latency: `Orion ${latencyMs} ms`,
					latencyMs,
					way,
					times: median.ms / bare.median.ms,
				}),
			),
		);
	return {
		name: 'upload',
		spec: {
			...base('Time of an upload, in times of the fewest calls', times),
			width: WIDTH / 3,
			mark: 'bar',
			encoding: {
				column: { field: 'latency', type: 'nominal', title: null, sort: { field: 'latencyMs' } },
				x: { field: 'iocs', type: 'nominal', title: 'IOCs', sort: { field: 'order' }, axis: { labelAngle: 0 } },
				xOffset: { field: 'way', sort: COLOURS.domain },
				y: quantity('times', '× bare loop'),
				color: { field: 'way', type: 'nominal', title: null, scale: COLOURS },
			},
		},
	};
}

function memoryPlots({ idle, steps }: MemoryGrowth): Plot[] {
	const growth = steps.map(({ iocs, cost }) => ({
		iocs,
		over: (cost.memory.peak - idle) / MEGABYTE,
		seconds: cost.ms / 1_000,
	}));
	const line = { type: 'line', point: true };
	const iocs = quantity('iocs', 'IOCs', { type: 'log' });
	return [
		{
			name: 'memory',
			spec: {
				...base('Peak memory of the sync node over an idle n8n', growth),
				mark: line,
				encoding: { x: iocs, y: quantity('over', 'MB', { zero: true }) },
			},
		},
		{
			name: 'growth',
			spec: {
				...base('Time of the sync node, nobody to wait for', growth),
				mark: line,
				encoding: { x: iocs, y: quantity('seconds', 's', { type: 'log' }) },
			},
		},
	];
}

function concurrencyPlot({ iocs, latencyMs, steps }: Sweep): Plot {
	const usual = steps[0]?.batchSize ?? 0;
	const widths = steps
		.filter(({ batchSize }) => batchSize === usual)
		.map(({ concurrency, series }) => ({ concurrency, seconds: series.median.ms / 1_000 }));
	return {
		name: 'concurrency',
		spec: {
			...base(`${iocs.toLocaleString('en')} IOCs, ${usual} a request, Orion ${latencyMs} ms`, widths),
			mark: { type: 'line', point: true },
			encoding: {
				x: quantity('concurrency', 'Requests at once', { type: 'log', base: 2 }),
				y: quantity('seconds', 's', { zero: true }),
			},
		},
	};
}
