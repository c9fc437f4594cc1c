import { cpus, totalmem } from 'node:os';
import { withPackedPackage } from '../../sandbox/n8n/package';
import { onInterrupt } from '../../sandbox/n8n/processes';
import { Lab } from './lab';
import { type Options, readOptions, type Section } from './options';
import { type Plan, quick, whole } from './plan';
import { targetTable } from './report/tables';
import { targetsOf } from './report/targets';
import { lastResults, saveResults, writeReport } from './report/write';
import type { Machine, Results } from './results';
import { measureMemory } from './sections/memory';
import { measureRemovals } from './sections/removals';
import { measureScaling } from './sections/scaling';
import { measureNothing, measureTagRemoval } from './sections/small';
import { measureSweep } from './sections/sweep';
import { measureUploads } from './sections/uploads';
import { startWorld, type World } from './world';

// Measures uploads, removals and memory in a real n8n beside a plain program, and writes docs/performance.md and docs/scaling.md.
//   npm run bench                      all of it, about 12 minutes on two quiet cores
//   npm run bench -- --quick           small figures, nothing is written
//   npm run bench -- --only uploads    this section anew, the others from the last run
//   npm run bench -- --report          the pages anew from the last run

const began = performance.now();
const note = (text: string): void =>
	console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}`);

function machine(n8n: string): Machine {
	return {
		day: new Date().toISOString().slice(0, 10),
		processor: cpus()[0]?.model ?? 'unknown processor',
		cores: cpus().length,
		gigabytes: Math.round(totalmem() / 1e9),
		n8n,
		node: process.versions.node,
	};
}

/** Runs once what is to be measured, so that the first measured run is not the first of all. */
async function warmUp(lab: Lab): Promise<void> {
	const scene = { attributes: 1_000, perEvent: 100, latencyMs: 0, paced: false };
	await lab.set(scene);
	await lab.bareLoop();
	await lab.set(scene);
	await lab.sync({ operation: 'upload' });
	await lab.set(scene);
	await lab.template('upload-iocs');
}

type Found = { -readonly [Name in keyof Results]?: Results[Name] };

/** Fills in what is wanted, section by section, and has each kept as soon as it is done. */
async function measure(
	{ world, plan, found, keep }: { world: World; plan: Plan; found: Found; keep: (found: Found) => Promise<void> },
	wanted: (section: Section) => boolean,
): Promise<void> {
	found.machine = machine(world.n8nVersion);
	// The one for memory runs nothing before it, and is the second of two where two are needed.
	const fresh = new Lab(world, await world.startN8n());
	note('n8n started');
	if (wanted('memory')) found.memory = await measureMemory(fresh, plan, note);
	await keep(found);
	const lab = fresh.with(await world.startN8n());
	note('another n8n started');
	await warmUp(lab);
	if (wanted('uploads')) found.uploads = await measureUploads(lab, plan, note);
	await keep(found);
	if (wanted('nothing')) found.nothing = await measureNothing(lab, plan, note);
	if (wanted('scaling')) found.scaling = await measureScaling([lab, fresh], plan, note);
	await keep(found);
	if (wanted('sweep')) found.sweep = await measureSweep(lab, plan, note);
	await keep(found);
	if (wanted('tagRemoval')) found.tagRemoval = await measureTagRemoval(lab, plan, note);
	await keep(found);
	if (wanted('removals')) found.removals = await measureRemovals(lab, plan, note);
	await keep(found);
}

async function run({ quick: isQuick, only, report }: Options): Promise<void> {
	if (report) return await writeReport(await lastResults());
	const wanted = (section: Section): boolean => only.length === 0 || only.includes(section);
	const found: Found = isQuick ? {} : await lastResults();
	const keep = async (results: Found) => (isQuick ? undefined : await saveResults(results));
	await withPackedPackage(async (tarball) => {
		const world = await startWorld(tarball);
		onInterrupt(async () => await world.close());
		try {
			await measure({ world, plan: isQuick ? quick : whole, found, keep }, wanted);
		} finally {
			await world.close();
		}
	});
	console.log(`\n${targetTable(targetsOf(found))}`);
	if (!isQuick) await writeReport(found);
}

run(readOptions(process.argv.slice(2))).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
