import { parseArgs } from 'node:util';

export const sections = ['uploads', 'memory', 'sweep', 'removals', 'tagRemoval', 'nothing', 'scaling'] as const;
export type Section = (typeof sections)[number];

export interface Options {
	/** Small figures, to see that all works; the pages are not written. */
	readonly quick: boolean;
	/** Sections to measure anew; the others stay as they were in the last whole run. */
	readonly only: readonly Section[];
	/** Nothing is measured: the pages are written anew from the last whole run. */
	readonly report: boolean;
}

const isSection = (name: string): name is Section => sections.some((section) => section === name);

export function readOptions(args: readonly string[]): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			quick: { type: 'boolean', default: false },
			report: { type: 'boolean', default: false },
			only: { type: 'string', multiple: true, default: [] },
		},
	});
	const names = values.only.flatMap((list) => list.split(','));
	const unknown = names.find((name) => !isSection(name));
	if (unknown !== undefined) throw new Error(`The bench has no section "${unknown}", but ${sections.join(', ')}`);
	return { quick: values.quick, report: values.report, only: names.filter(isSection) };
}
