import type { Fields } from '../../shared/fields';
import { isFields } from '../../shared/fields';
import { asText, fieldReader } from './field';

/** Renders one item. Data is data: what a field holds is never read as a template or as code. */
export type Template = (item: Fields) => string;

// {field}, {Event.info}; with doubled braces, too, since that is what hands used to n8n's expressions write.
// Other braces, as in JSON, stay as they are.
export const placeholder = /\{\{\s*([\w.-]+)\s*\}\}|\{\s*([\w.-]+)\s*\}/g;

function asWords(value: unknown): string {
	if (Array.isArray(value)) return value.map(asWords).filter(Boolean).join(', ');
	if (isFields(value)) return asText(value.name);
	return typeof value === 'boolean' ? String(value) : asText(value);
}

/** As Orion shows it in a table. */
export const singleSpaced = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Compiles a text such as `{event_id} - {event_info}`, once for thousands of items.
 *
 * A placeholder names a field by its path. A missing field gives nothing; lists give their parts, comma-separated;
 * objects (tags, organisations) their name. All runs of whitespace come out as one space: Orion shows these texts in a table.
 */
export function compile(template: string): Template {
	const parts: Array<(item: Fields) => string> = [];
	let end = 0;
	for (const match of template.matchAll(placeholder)) {
		const literal = template.slice(end, match.index);
		const read = fieldReader(match[1] ?? match[2] ?? '');
		parts.push(
			() => literal,
			(item) => asWords(read(item)),
		);
		end = match.index + match[0].length;
	}
	const rest = template.slice(end);
	return (item) => singleSpaced(parts.map((part) => part(item)).join('') + rest);
}
