import { isObject } from './parameters';

/** The categories that n8n 2.x sorts nodes into. */
const CATEGORIES = [
	'AI',
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

/** What is wrong with the codex file (`X.node.json`) of the node with that full type name. */
export function codexProblems(text: string, type: string): string[] {
	const codex: unknown = JSON.parse(text);
	if (!isObject(codex)) return ['is not an object'];
	const { node, nodeVersion, codexVersion, categories, alias, resources } = codex;
	const strings = (value: unknown) =>
		Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
	return [
		...(node === type ? [] : [`names the node "${String(node)}" instead of "${type}"`]),
		...(typeof nodeVersion === 'string' ? [] : ['has no nodeVersion']),
		...(typeof codexVersion === 'string' ? [] : ['has no codexVersion']),
		...(strings(alias) ? [] : ['has no alias: the words by which people search for it']),
		...(Array.isArray(categories) && categories.length > 0 ? [] : ['has no categories']),
		...(Array.isArray(categories) ? categories : [])
			.filter((category) => !CATEGORIES.some((known) => known === category))
			.map((category) => `has the category "${String(category)}", which n8n does not know`),
		...['primaryDocumentation', 'credentialDocumentation']
			.filter((kind) => !isObject(resources) || !hasUrls(resources[kind]))
			.map((kind) => `has no URL under resources.${kind}`),
	];
}

const hasUrls = (entries: unknown) =>
	Array.isArray(entries) &&
	entries.length > 0 &&
	entries.every((entry) => isObject(entry) && URL.canParse(String(entry.url)));
