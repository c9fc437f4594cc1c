import type { INodeProperties, INodePropertyOptions, NodeParameterValueType } from 'n8n-workflow';

/** What a person sees in the panel for each of n8n's types of fields. */
const types: Partial<Record<INodeProperties['type'], string>> = {
	boolean: 'switch',
	collection: 'options to add',
	color: 'colour',
	dateTime: 'date and time',
	fixedCollection: 'rows to add',
	json: 'JSON',
	multiOptions: 'several of a list',
	number: 'number',
	options: 'one of a list',
	resourceMapper: 'one value for each field',
	string: 'text',
};

export function typeOf(property: INodeProperties): string {
	const { typeOptions, type, modes = [] } = property;
	if (type === 'resourceLocator') {
		const named = modes.map(({ displayName }) =>
			displayName.replace(/^By /, 'by ').replace(/^From List$/, 'from a list'),
		);
		return named.join(', or ');
	}
	if (typeOptions?.password === true) return 'secret text';
	const named = types[type] ?? type;
	const { minValue, maxValue } = typeOptions ?? {};
	if (type === 'number' && minValue !== undefined)
		return maxValue === undefined ? `${named}, at least ${minValue}` : `${named}, ${minValue} to ${maxValue}`;
	return typeOptions?.loadOptionsMethod === undefined ? named : `${named} from the server`;
}

export const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options.filter((option): option is INodePropertyOptions => 'value' in option && !('type' in option));

/** The value a field starts with, as the panel shows it; empty where it starts empty. */
export function defaultOf(property: INodeProperties): string {
	const { default: value, type } = property;
	if (type === 'boolean') return value === true ? 'on' : 'off';
	if (type === 'options') return choiceNamed(property, value);
	if (Array.isArray(value)) return value.map((one) => choiceNamed(property, one)).join(', ');
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? code(value) : '';
}

export function choiceNamed(property: INodeProperties, value: NodeParameterValueType): string {
	const found = choicesOf(property).find((choice) => choice.value === value);
	return found?.name ?? (value === '' ? '' : code(String(value)));
}

/** When the field is shown, in words: "Input is *Other Items*". What stands at the operation itself is left out. */
export function conditionOf(property: INodeProperties, siblings: readonly INodeProperties[]): string {
	const conditions = Object.entries(property.displayOptions?.show ?? {}).flatMap(([name, values]) => {
		if (name === '@tool') return ['the node is a tool of an AI agent'];
		const asked = siblings.find((sibling) => sibling.name === name);
		if (!asked && (name === 'resource' || name === 'operation')) return [];
		const named = (values ?? []).map((value) => `*${asked ? shown(asked, value) : String(value)}*`);
		return [`${asked?.displayName ?? name} is ${named.join(' or ')}`];
	});
	return conditions.join(' and ');
}

const shown = (property: INodeProperties, value: unknown): string => {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return typeof value === 'string' || typeof value === 'number' ? choiceNamed(property, value) : String(value);
};

export const code = (text: string): string => {
	const line = text.replaceAll(/\s*\n\s*/g, ' ');
	return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
};

/** Markdown that may stand in a cell of a table, where `|` would end the cell even inside code. */
export const cell = (markdown: string): string => markdown.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, '<br>');

// n8n wants this said at every list that the server is asked for.
const ofEveryList = / ?Choose from the list, or specify (an ID|IDs) using an <a [^>]*>expression<\/a>\.?/;

/** Text of a description as Markdown: links stay links, and what else looks like a tag stays visible. */
export const prose = (text: string): string =>
	text
		.replace(ofEveryList, '')
		.replaceAll(/<a href="([^"]*)"[^>]*>(.*?)<\/a>/g, '[$2]($1)')
		.replaceAll('<', '&lt;');

export const sentence = (text: string): string => (text === '' || /[.!?…]$/.test(text) ? text : `${text}.`);
