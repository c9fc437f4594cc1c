import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { cell, choicesOf, code, conditionOf, defaultOf, prose, sentence, typeOf } from './words';

const isGroup = (option: object): option is INodePropertyCollection => 'values' in option;
const isField = (option: object): option is INodeProperties => 'type' in option;
const isRead = ({ type }: INodeProperties) => type !== 'hidden' && type !== 'notice';

/**
 * A table of fields; those inside a collection follow it, each with the collection's name before its own.
 * `siblings` are all fields that a condition may speak of.
 */
export function fieldsTable(fields: readonly INodeProperties[], siblings = fields): string[] {
	const rows = fields.filter(isRead).flatMap((field) => rowsOf(field, siblings, ''));
	if (rows.length === 0) return ['It has no fields.'];
	return ['| Field | What goes in | Starts as | Meaning |', '|---|---|---|---|', ...rows];
}

/** What the panel says in a box of its own. */
export const noticesOf = (fields: readonly INodeProperties[]): string[] =>
	fields.filter(({ type }) => type === 'notice').map(({ displayName }) => `> ${prose(displayName)}`);

function rowsOf(field: INodeProperties, siblings: readonly INodeProperties[], group: string): string[] {
	const name = `${group}${field.displayName}`;
	const type = field.required === true ? `${typeOf(field)}, **required**` : typeOf(field);
	const meaning = meaningOf(field, siblings);
	const inside = innerFields(field).flatMap((inner) => inner(`${name} › `));
	// A collection of which there is nothing to say shows by what is in it.
	if (inside.length > 0 && meaning === '') return inside;
	return [`| ${[`**${name}**`, type, defaultOf(field), meaning].map(cell).join(' | ')} |`, ...inside];
}

function innerFields({ options = [] }: INodeProperties): Array<(group: string) => string[]> {
	const fields = options.filter(isField);
	const groups = options.filter(isGroup);
	return [
		...fields.filter(isRead).map((inner) => (group: string) => rowsOf(inner, fields, group)),
		...groups.flatMap(({ values }) =>
			values.filter(isRead).map((inner) => (group: string) => rowsOf(inner, values, group)),
		),
	];
}

function meaningOf(field: INodeProperties, siblings: readonly INodeProperties[]): string {
	const condition = conditionOf(field, siblings);
	return [
		sentence(prose(field.description ?? field.hint ?? '')),
		...examplesOf(field),
		...choiceLines(field),
		condition === '' ? '' : `_Shown when ${condition}._`,
	]
		.filter((part) => part !== '')
		.join('\n');
}

function choiceLines(field: INodeProperties): string[] {
	const choices = choicesOf(field);
	const explained = ({ name, description = '' }: INodePropertyOptions) => description !== '' && description !== name;
	if (!choices.some(explained)) return choices.length > 0 ? [choices.map(({ name }) => name).join(' · ')] : [];
	return choices.map((choice) =>
		explained(choice) ? `• ${choice.name}: ${prose(choice.description ?? '')}` : `• ${choice.name}`,
	);
}

function examplesOf({ type, placeholder = '', modes = [] }: INodeProperties): string[] {
	// A collection's placeholder is what its button says.
	if (type === 'collection' || type === 'fixedCollection') return [];
	const examples = [placeholder, ...modes.map((mode) => mode.placeholder ?? '')].filter((example) => example !== '');
	return examples.length === 0 ? [] : [`Example: ${examples.map(code).join(', ')}`];
}
