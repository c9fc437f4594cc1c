import type { IDataObject } from 'n8n-workflow';
import { asText, isRecord } from '../../json';
import { nearest } from '../../search/nearest';
import type { Template, TemplateField } from '../../transport/objectTemplates';
import type { TypeDefault } from '../../transport/typeDefaults';

export type ObjectAttributes = { ok: true; attributes: IDataObject[] } | { ok: false; problems: string[] };

/**
 * The attributes of an object, out of values by relation: a value, a list of them, or {value, comment, to_ids …}.
 * Category and to_ids are set on each: MISP lets the category of one leak to the next, and takes all for detection (2.5.1).
 * Relations that the template lacks are problems, since MISP takes them without a word.
 */
export function objectAttributes(
	template: Template,
	defaults: ReadonlyMap<string, TypeDefault>,
	given: IDataObject,
): ObjectAttributes {
	const problems: string[] = [];
	const attributes = Object.entries(given).flatMap(([relation, value]) => {
		const values = valuesOf(value);
		const field = template.fields.find((one) => one.relation === relation);
		if (values.length === 0) return [];
		if (!field) {
			const meant = nearest(
				relation,
				template.fields.map((one) => one.relation),
			);
			problems.push(
				`The template ${template.name} has no field "${relation.slice(0, 60)}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
			);
			return [];
		}
		if (values.length > 1 && !field.multiple)
			problems.push(`The field "${relation}" takes one value, not ${values.length}.`);
		return values.map((one) => attributeOf(field, defaults.get(field.type), one));
	});
	if (attributes.length === 0 && problems.length === 0) problems.push('No field has a value.');
	return problems.length > 0 ? { ok: false, problems } : { ok: true, attributes };
}

/** What the template asks for and is not there. */
export function missingFields(template: Template, attributes: readonly IDataObject[]): string[] {
	const there = new Set(attributes.map(({ object_relation: relation }) => asText(relation)));
	const lacking = template.required.filter((relation) => !there.has(relation));
	const needsOne = template.requiredOneOf.length > 0 && !template.requiredOneOf.some((relation) => there.has(relation));
	return [
		...(lacking.length > 0 ? [`The template ${template.name} needs ${lacking.join(', ')}.`] : []),
		...(needsOne ? [`The template ${template.name} needs one of ${template.requiredOneOf.join(', ')}.`] : []),
	];
}

const isBlank = (value: unknown): boolean =>
	value === undefined || value === null || value === '' || (isRecord(value) && isBlank(value.value));

function valuesOf(value: unknown): unknown[] {
	return (Array.isArray(value) ? value : [value]).filter((one) => !isBlank(one));
}

function attributeOf(field: TemplateField, usual: TypeDefault | undefined, value: unknown): IDataObject {
	return {
		object_relation: field.relation,
		type: field.type,
		category: categoryOf(field, usual),
		to_ids: field.toIds ?? usual?.toIds ?? false,
		...(isRecord(value) ? { ...value, value: asText(value.value) } : { value: asText(value) }),
	};
}

/** Templates name categories that the type may not have: cytomic-orion-file wants "Other" for a filename. Those do not count. */
function categoryOf({ categories }: TemplateField, usual: TypeDefault | undefined): string {
	const byType = usual?.category ?? 'Other';
	const fitting = usual ? categories.filter((category) => usual.categories.includes(category)) : categories;
	return fitting.includes(byType) ? byType : (fitting[0] ?? byType);
}
