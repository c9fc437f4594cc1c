import type { INodeExecutionData } from 'n8n-workflow';
import type { EngineError, Item } from '../protocol';

/** A copy of plain data, under the type that the other side has for the same thing. */
export function copyAs<T>(data: unknown): T {
	return JSON.parse(JSON.stringify(data));
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** JSON of anything at all: cycles cut, errors with the message that JSON would leave out. */
function savedForm(value: unknown): string {
	const above: unknown[] = [];
	return JSON.stringify(value, function (this: unknown, _key, field: unknown) {
		while (above.length > 0 && above.at(-1) !== this) above.pop();
		if (!isObject(field)) return typeof field === 'bigint' ? String(field) : field;
		if (above.includes(field)) return '[circular]';
		above.push(field);
		if (!(field instanceof Error)) return field;
		const shown = { ...field, name: field.name, message: field.message, cause: field.cause };
		above[above.length - 1] = shown;
		return shown;
	});
}

/** What a person sees of an error, whatever class it is of. */
export function plainError(error: unknown): EngineError {
	if (!isObject(error)) return { name: 'Error', message: String(error), saved: String(error) };
	const context = isObject(error.context) ? error.context : {};
	const node = isObject(error.node) ? text(error.node.name) : undefined;
	const description = text(error.description);
	const httpCode = text(error.httpCode);
	const messages = Array.isArray(error.messages) ? error.messages.map(String) : [];
	return {
		name: text(error.name) ?? 'Error',
		message: text(error.message) ?? 'Unknown error',
		...(description !== undefined && { description }),
		...(httpCode !== undefined && { httpCode }),
		...(typeof context.itemIndex === 'number' && { itemIndex: context.itemIndex }),
		...(node !== undefined && { node }),
		...(messages.length > 0 && { messages }),
		...(error.cause instanceof Error && {
			cause: { name: error.cause.name, message: error.cause.message },
		}),
		saved: savedForm(error),
	};
}

export function plainItem({ json, binary, pairedItem, error }: INodeExecutionData): Item {
	return {
		json,
		...(binary !== undefined && { binary }),
		...(pairedItem !== undefined && { pairedItem }),
		...(error !== undefined && { error: plainError(error) }),
	};
}
