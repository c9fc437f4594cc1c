import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

type Values = Record<string, unknown>;
type AnyOption = INodePropertyOptions | INodeProperties | INodePropertyCollection;

export const isObject = (value: unknown): value is Values =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');
const isProperty = (option: AnyOption): option is INodeProperties => 'type' in option;
const isGroup = (option: AnyOption): option is INodePropertyCollection => 'values' in option;
const list = (names: unknown[]) => names.map((name) => `"${String(name)}"`).join(', ');

/** What is wrong with a node's parameters, measured by the node's description. */
export function parameterProblems(node: INode, description: INodeTypeDescription): string[] {
	const effective =
		NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description) ?? {};
	const shown = (property: INodeProperties, values: INodeParameters) =>
		NodeHelpers.displayParameter(values, property, node, description, effective);
	const issues = NodeHelpers.getNodeParametersIssues(
		description.properties,
		{ ...node, parameters: effective },
		description,
	);
	return [
		...unknownParameters(description.properties, node.parameters, effective, shown, ''),
		...Object.values(issues?.parameters ?? {}).flat(),
	];
}

type Shown = (property: INodeProperties, values: INodeParameters) => boolean;

function unknownParameters(
	properties: INodeProperties[],
	given: Values,
	effective: INodeParameters,
	shown: Shown,
	path: string,
): string[] {
	return Object.entries(given).flatMap(([name, value]) => {
		const at = `${path}${name}`;
		const named = properties.filter((property) => property.name === name);
		if (named.length === 0) return [`has no parameter "${at}"`];
		const property = named.find((candidate) => shown(candidate, effective));
		if (!property) return [`parameter "${at}" does not belong to ${chosen(effective)}`];
		return valueProblems(property, value, effective, shown, at);
	});
}

const chosen = ({ resource, operation }: INodeParameters) =>
	operation === undefined ? 'the values chosen' : `resource "${String(resource)}", operation "${String(operation)}"`;

function valueProblems(
	property: INodeProperties,
	value: unknown,
	effective: INodeParameters,
	shown: Shown,
	at: string,
): string[] {
	if (isExpression(value)) {
		return property.noDataExpression ? [`parameter "${at}" takes no expression`] : [];
	}
	const options = property.options ?? [];
	switch (property.type) {
		case 'options':
		case 'multiOptions': {
			if (property.typeOptions?.loadOptionsMethod) return [];
			const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
			const picked: unknown[] = Array.isArray(value) ? value : [value];
			return picked
				.filter((one) => !values.some((known) => known === one))
				.map((one) => `parameter "${at}" cannot be "${String(one)}": it is one of ${list(values)}`);
		}
		case 'collection': {
			const inner = options.filter(isProperty);
			if (!isObject(value)) return [`parameter "${at}" is a collection, not ${typeof value}`];
			return unknownParameters(inner, value, effective, () => true, `${at}.`);
		}
		case 'fixedCollection': {
			if (!isObject(value)) return [`parameter "${at}" is a collection, not ${typeof value}`];
			return Object.entries(value).flatMap(([name, entries]) => {
				const group = options.filter(isGroup).find((option) => option.name === name);
				if (!group) return [`has no parameter "${at}.${name}"`];
				const rows: unknown[] = Array.isArray(entries) ? entries : [entries];
				return rows
					.filter(isObject)
					.flatMap((row) => unknownParameters(group.values, row, effective, () => true, `${at}.${name}.`));
			});
		}
		case 'resourceLocator': {
			const modes = (property.modes ?? []).map((mode) => mode.name);
			if (!isObject(value) || value.__rl !== true) {
				return [`parameter "${at}" is a resource locator: {"__rl": true, "mode": …, "value": …}`];
			}
			return modes.some((mode) => mode === value.mode)
				? []
				: [`parameter "${at}" has no mode "${String(value.mode)}": it has ${list(modes)}`];
		}
		case 'boolean':
		case 'number':
		case 'string':
			return property.typeOptions?.multipleValues || typeof value === property.type
				? []
				: [`parameter "${at}" is a ${property.type}, not ${JSON.stringify(value)}`];
		default:
			return [];
	}
}
