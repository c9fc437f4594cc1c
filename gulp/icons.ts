import type { ICredentialType, INodeTypeDescription } from 'n8n-workflow';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const MAX_BYTES = 10_000;

/** What is wrong with the icon of a node or credential, whose built file is `file` under `root`. */
export function iconProblems(
	{ icon }: Pick<INodeTypeDescription | ICredentialType, 'icon'>,
	file: string,
	root: string,
): string[] {
	if (typeof icon !== 'object') return ['has no icon in a light and a dark variant'];
	const variants = [icon.light, icon.dark].map((reference) => {
		if (!reference.startsWith('file:')) return { problem: `has the icon ${reference}, not a file` };
		const path = join(root, dirname(file), reference.slice('file:'.length));
		return existsSync(path)
			? { svg: readFileSync(path, 'utf8') }
			: { problem: `has the icon ${reference}, which is not in ${dirname(path)}` };
	});
	const svgs = variants.flatMap(({ svg }) => (svg === undefined ? [] : [svg]));
	return [
		...variants.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
		...(svgs.length === 2 && svgs[0] === svgs[1] ? ['has the same icon for light and dark'] : []),
		...svgs.flatMap(svgProblems),
	];
}

export function svgProblems(svg: string): string[] {
	const [, , , width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(svg) ?? [];
	return [
		...(width !== undefined && width === height ? [] : ['has an icon that is not square']),
		...(/<script|<foreignObject|<image|href=|\son\w+=/i.test(svg) ? ['has an icon with scripts or links in it'] : []),
		...(svg.length <= MAX_BYTES ? [] : [`has an icon of more than ${MAX_BYTES} bytes`]),
	];
}
