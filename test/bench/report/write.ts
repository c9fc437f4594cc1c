import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from '../../../sandbox/n8n/package';
import type { Results } from '../results';
import { plotsOf } from './plots';
import {
	costTable,
	memoryTable,
	removalTable,
	restTable,
	scalingTable,
	sweepTable,
	targetTable,
	uploadTable,
} from './tables';
import { targetsOf } from './targets';

const DOCS = join(PROJECT, 'docs');
const PLOTS = join(DOCS, 'performance');
const RESULTS = join(PLOTS, 'results.json');

/** The parts of the pages that the bench writes; what stands around them is written by people. */
function parts(results: Partial<Results>): Record<string, string | undefined> {
	const { machine, uploads, memory, sweep, removals, tagRemoval, nothing, scaling } = results;
	const paced = uploads?.filter((upload) => upload.paced);
	return {
		machine:
			machine &&
			`Measured on ${machine.day}: ${machine.processor}, ${machine.cores} cores, ${machine.gigabytes} GB, n8n ${machine.n8n}, Node.js ${machine.node}.`,
		targets: targetTable(targetsOf(results)),
		uploads: uploads && uploadTable(uploads),
		costs: paced && costTable(paced.filter(({ latencyMs }) => latencyMs === 60)),
		memory: memory && memoryTable(memory),
		sweep: sweep && sweepTable(sweep),
		removals: removals && removalTable(removals),
		rest: tagRemoval && nothing && restTable({ tagRemoval, nothing }),
		scaling: scaling && scalingTable(scaling),
	};
}

/** `<!-- measured: name -->` … `<!-- end -->` */
function filled(page: string, contents: Readonly<Record<string, string | undefined>>): string {
	return page.replace(
		/(<!-- measured: (\w+) -->)[\s\S]*?(<!-- end -->)/g,
		(whole, begin: string, name: string, end: string) => {
			const content = contents[name];
			return content === undefined ? whole : `${begin}\n\n${content}\n\n${end}`;
		},
	);
}

async function draw(plots: ReadonlyArray<{ file: string; spec: object }>): Promise<void> {
	const child = spawn(process.execPath, [join(__dirname, 'draw.mjs')], { stdio: ['pipe', 'inherit', 'inherit'] });
	child.stdin.end(JSON.stringify(plots));
	const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
	if (code !== 0) throw new Error(`Drawing the plots ended with code ${String(code)}`);
}

/** Writes the pages and plots anew. */
export async function writeReport(results: Partial<Results>): Promise<void> {
	await saveResults(results);
	await draw(plotsOf(results).map(({ name, spec }) => ({ file: join(PLOTS, `${name}.svg`), spec })));
	for (const page of ['performance.md', 'scaling.md']) {
		const file = join(DOCS, page);
		await writeFile(file, filled(await readFile(file, 'utf8'), parts(results)));
	}
}

/** Keeps what was found, so that a run that breaks off loses the section in hand only. */
export async function saveResults(results: Partial<Results>): Promise<void> {
	await mkdir(PLOTS, { recursive: true });
	await writeFile(RESULTS, `${JSON.stringify(results, null, '\t')}\n`);
}

/** What runs before this one found out. */
export async function lastResults(): Promise<Partial<Results>> {
	if (!existsSync(RESULTS)) return {};
	const results: Partial<Results> = JSON.parse(await readFile(RESULTS, 'utf8'));
	return results;
}
