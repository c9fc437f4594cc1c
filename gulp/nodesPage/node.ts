import type { ICredentialType, INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { fieldsTable, noticesOf } from './fields';
import { choicesOf, conditionOf, prose, sentence } from './words';

/** One part of the page, with an entry in its table of contents. */
export interface Section {
	title: string;
	/** What the table of contents says after the title. */
	hint: string;
	lines: string[];
	parts: Section[];
}

export function nodeSection(description: INodeTypeDescription, credentials: readonly ICredentialType[]): Section {
	const { properties } = description;
	const resource = properties.find(({ name }) => name === 'resource');
	const parts = resource ? choicesOf(resource).map((choice) => resourceSection(description, choice)) : [];
	return {
		title: description.displayName,
		hint: '',
		lines: [
			sentence(prose(description.description)),
			'',
			...signs(description, credentials),
			'',
			`![The panel of ${description.displayName}](pictures/nodes/${description.name}.png)`,
			...(resource ? [] : ['', ...fieldLines(properties)]),
		],
		parts,
	};
}

function signs(description: INodeTypeDescription, credentials: readonly ICredentialType[]): string[] {
	const { displayName, polling, usableAsTool, outputs } = description;
	const named = credentials.map((type) => `[${type.displayName}](#${slug(type.displayName)})`);
	const trigger = description.group.includes('trigger');
	return [
		`- Found in n8n as **${displayName}**${trigger ? ', among the triggers' : ''}`,
		`- Credential: ${named.join(' and ')}`,
		...(polling ? ['- Asks the server at the times that its field *Poll Times* names'] : []),
		...(Array.isArray(outputs) && outputs.length > 1 ? [`- Has ${outputs.length} outputs`] : []),
		...(usableAsTool ? ['- Can be a tool of an AI agent'] : []),
	];
}

/** The fields of a node without resources. Those that are shown for one choice only can be many: each lot folds up. */
function fieldLines(properties: readonly INodeProperties[]): string[] {
	const operations = properties.filter(({ name }) => name === 'operation').flatMap(choicesOf);
	if (operations.length > 0) return operations.flatMap((operation) => operationLines(properties, operation));
	const lots = properties.filter((field) => field.type === 'collection' && conditionOf(field, properties) !== '');
	const others = properties.filter((field) => !lots.includes(field));
	return [
		...withBlank(noticesOf(others)),
		...fieldsTable(others),
		...lots.flatMap((lot) => [
			'',
			...folded(
				`<b>${lot.displayName}</b> when ${conditionOf(lot, properties).replaceAll('*', '')}`,
				fieldsTable([lot], properties),
			),
		]),
	];
}

/** Lines that show after a click. What is folded up begins and ends with a blank line, or Markdown does not read it. */
const folded = (summary: string, lines: readonly string[]): string[] => [
	'<details>',
	`<summary>${summary}</summary>`,
	'',
	...lines,
	'',
	'</details>',
];

const withBlank = (lines: string[]): string[] => (lines.length > 0 ? [...lines, ''] : []);

function resourceSection({ defaults, properties }: INodeTypeDescription, resource: INodePropertyOptions): Section {
	const ofResource = properties.filter((property) => shownFor(property, 'resource', resource.value));
	const operations = ofResource.filter(({ name }) => name === 'operation').flatMap(choicesOf);
	return {
		title: `${String(defaults.name)}: ${resource.name}`,
		hint: operations.map(({ name }) => name).join(', '),
		lines: [
			...withBlank(resource.description === undefined ? [] : [sentence(prose(resource.description))]),
			...operations.flatMap((operation) => operationLines(ofResource, operation)),
		],
		parts: [],
	};
}

function operationLines(
	ofResource: readonly INodeProperties[],
	{ name, value, description = '' }: INodePropertyOptions,
) {
	const fields = ofResource.filter(
		(property) => property.name !== 'operation' && shownFor(property, 'operation', value),
	);
	return folded(`<b>${name}</b> – ${sentence(prose(description))}`, [
		...withBlank(noticesOf(fields)),
		...fieldsTable(fields),
	]);
}

const shownFor = (property: INodeProperties, name: string, value: unknown): boolean =>
	(property.displayOptions?.show?.[name] ?? []).some((one) => one === value);

export function credentialSection({ displayName, properties }: ICredentialType): Section {
	return {
		title: displayName,
		hint: '',
		lines: [...withBlank(noticesOf(properties)), ...fieldsTable(properties)],
		parts: [],
	};
}

/** The anchor that GitHub gives a heading. */
export const slug = (title: string): string =>
	title
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
		.replaceAll(/\s/g, '-');
