import { randomUUID } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import { chunk } from '../../../shared/chunk';
import { Problem } from '../../../shared/problem';
import type { CompactAttribute } from '../../item';
import { compactAttribute } from '../../item';
import { asRecord, asRecords, asText, isRecord } from '../../json';
import { limits } from '../../limits';
import type { Reading } from '../../transport/answer';
import { flattenErrors } from '../../transport/answers/facts';
import type { Misp } from '../../transport/connect';
import { problemOf } from '../../transport/connect';

/** What came of one attribute. `exists`: the event has it already, which MISP refuses and we are content with. */
export type Added =
	| { status: 'created'; attribute: CompactAttribute; tagsLeftOut: string[] }
	| { status: 'exists' }
	| { status: 'refused'; reason: string };

/**
 * POST /attributes/add/{event}: adds attributes to an event (by id or UUID) and tells what came of each, in their order.
 * Each is given a UUID of its own here, so that a request whose answer got lost can be sent again without doubling anything.
 */
export async function addAttributes(misp: Misp, event: string, attributes: readonly IDataObject[]): Promise<Added[]> {
	attributes.forEach(check);
	const added: Added[] = [];
	for (const part of chunk(attributes, limits.attributesPerAdd)) {
		const sent = part.map((attribute) => ({ uuid: randomUUID(), ...attribute }));
		const reading = await misp.ask({
			method: 'POST',
			path: `/attributes/add/${encodeURIComponent(event)}`,
			body: sent.length === 1 ? asRecord(sent[0]) : sent,
			repeatable: true,
			timeoutMs: limits.longTimeoutMs,
		});
		if (reading.kind === 'problem' && !isAboutAttributes(reading)) throw problemOf(reading.problem);
		added.push(...readAdded(sent, reading));
	}
	return added;
}

function check(attribute: IDataObject, index: number): void {
	for (const field of ['type', 'value']) {
		if (asText(attribute[field]).trim() !== '') continue;
		throw new Problem(
			`Attribute ${index + 1} has no ${field}`,
			'Each attribute needs a type such as domain, and a value.',
			'incomplete',
		);
	}
}

const isAboutAttributes = (reading: Reading): boolean =>
	reading.kind === 'problem' && reading.problem.errors !== undefined;

/** MISP names errors by position (`attribute_1`), one alone by its fields; what it added it returns with the UUIDs that were sent. */
export function readAdded(sent: readonly IDataObject[], reading: Reading): Added[] {
	const body = reading.kind === 'data' ? asRecord(reading.body) : {};
	const rows = Array.isArray(body.Attribute)
		? asRecords(body.Attribute)
		: isRecord(body.Attribute)
			? [body.Attribute]
			: [];
	const byUuid = new Map(rows.map((row) => [asText(row.uuid), row]));
	const sentUuids = new Set(sent.map(({ uuid }) => asText(uuid).toLowerCase()));
	/** Should a server hand out UUIDs of its own, the rows are told apart by what they are. */
	const strangers = rows.filter(({ uuid }) => !sentUuids.has(asText(uuid)));
	const errors = asRecord(reading.kind === 'data' ? body.errors : reading.problem.errors);
	const tagged = tagsByAttribute(asRecords(body.AttributeTag));
	return sent.map((attribute, index): Added => {
		const row = byUuid.get(asText(attribute.uuid).toLowerCase()) ?? take(strangers, attribute);
		if (row) {
			const wanted = asRecords(attribute.Tag).map(({ name }) => asText(name));
			const tags = tagged.get(asText(row.id)) ?? [];
			const compact = compactAttribute({ ...row, Tag: tags.map((name) => ({ name })) });
			return { status: 'created', attribute: compact, tagsLeftOut: wanted.filter((name) => !tags.includes(name)) };
		}
		const reason = flattenErrors(errors[`attribute_${index}`] ?? (sent.length === 1 ? errors : undefined));
		if (/already exists|not unique/i.test(reason)) return { status: 'exists' };
		return { status: 'refused', reason: reason === '' ? 'MISP left it out without a word' : reason };
	});
}

function take(rows: IDataObject[], { type, value }: IDataObject): IDataObject | undefined {
	const at = rows.findIndex(
		(row) => row.type === type && asText(row.value).toLowerCase() === asText(value).trim().toLowerCase(),
	);
	return at < 0 ? undefined : rows.splice(at, 1)[0];
}

function tagsByAttribute(attached: IDataObject[]): Map<string, string[]> {
	const tags = new Map<string, string[]>();
	for (const { attribute_id: id, Tag } of attached) {
		tags.set(asText(id), [...(tags.get(asText(id)) ?? []), asText(asRecord(Tag).name)]);
	}
	return tags;
}
