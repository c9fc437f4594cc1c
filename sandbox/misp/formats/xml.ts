import { isRecord } from '../../json';
import { searchedAttribute } from '../searchedAttribute';
import { wholeEvent } from '../wholeEvent';
import type { Source } from './format';

export const escapeXml = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function element(name: string, value: unknown): string {
	if (value === null || value === undefined || value === '') return `<${name}/>`;
	if (Array.isArray(value)) return value.map((one: unknown) => element(name, one)).join('');
	if (isRecord(value))
		return `<${name}>${Object.entries(value)
			.map(([key, inner]) => element(key, inner))
			.join('')}</${name}>`;
	return `<${name}>${typeof value === 'boolean' ? String(Number(value)) : escapeXml(String(value))}</${name}>`;
}

/** MISP's XML answer: `Model` elements one after the other. */
export function xmlResponse(model: string, rows: readonly unknown[]): string {
	const parts = rows.map((row) => element(model, row));
	return `<?xml version="1.0" encoding="UTF-8"?>\n<response>${parts.join('\n')}\n</response>\n`;
}

export function xml({ call, params, attributes, events }: Source): string {
	if (events) {
		const shown = (event: (typeof events)[number]) => attributes.filter((attribute) => attribute.event === event);
		return xmlResponse(
			'Event',
			events.map((event) => wholeEvent(call.server, event, shown(event))),
		);
	}
	const shape = searchedAttribute(call.server, params);
	const rows = attributes.flatMap((attribute) => {
		const row = shape(attribute);
		if (!row) return [];
		const { Event: _event, ...fields } = row;
		return [fields];
	});
	return xmlResponse('Attribute', rows);
}
