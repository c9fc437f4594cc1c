import { notFound, ok, type Answer } from './answers';
import { mayModify, maySee } from './auth';
import { TYPE_DEFAULTS } from './attributeTypes';
import { fields, numberOf, textOf, type Call } from './call';
import { isOn } from './filters';
import { parseFreeText, type Indicator } from './freeText';
import type { MispEvent } from './model';
import { splitComposite } from './shapes';
import { writeAttribute } from './writing';

function categoryOf(type: string): string {
	return TYPE_DEFAULTS.get(type)?.category ?? 'Other';
}

function importInto(call: Call, event: MispEvent, indicator: Indicator, distribution: number): unknown[] {
	const written = writeAttribute(call, event, {
		type: indicator.type,
		category: categoryOf(indicator.type),
		value: indicator.value,
		to_ids: indicator.toIds,
		distribution,
	});
	// What is in the event already is left out.
	if (!('attribute' in written)) return [];
	const { attribute } = written;
	const common = {
		value: attribute.value,
		original_value: indicator.original,
		to_ids: Number(indicator.toIds),
		type: attribute.type,
		category: attribute.category,
		distribution,
		event_id: String(event.id),
	};
	// With background jobs MISP answers before the attributes have ids.
	if (call.server.jobs.enabled) return [{ comment: false, ...common }];
	const [value1, value2] = attribute.type.includes('|') ? splitComposite(attribute.value) : [attribute.value, ''];
	return [
		{
			Attribute: {
				object_id: '0',
				timestamp: attribute.timestamp,
				deleted: '0',
				disable_correlation: '0',
				comment: '',
				...common,
				sharing_group_id: 0,
				uuid: call.server.store.uuidOf(attribute),
				value1,
				value2,
				id: String(attribute.id),
			},
		},
	];
}

/** In someone else's event indicators become proposals. */
function propose(call: Call, event: MispEvent, { type, value, original, toIds }: Indicator): unknown {
	const { user, server } = call;
	const proposal = server.proposals.add({
		event,
		type,
		category: categoryOf(type),
		value,
		toIds,
		user,
		timestamp: server.store.now(),
	});
	const [value1, value2] = type.includes('|') ? splitComposite(value) : [value, ''];
	return {
		ShadowAttribute: {
			old_id: '0',
			to_ids: Number(toIds),
			deleted: '0',
			timestamp: proposal.timestamp,
			proposal_to_delete: '0',
			disable_correlation: '0',
			comment: '',
			value,
			original_value: original,
			type,
			category: proposal.category,
			distribution: 5,
			event_id: String(event.id),
			org_id: String(user.org.id),
			event_org_id: String(event.org.id),
			email: user.email,
			event_uuid: event.uuid,
			org: '',
			uuid: proposal.uuid,
			value1,
			value2,
			id: String(proposal.id),
		},
	};
}

/** `/events/freeTextImport/{id}[/adhere to warninglists[/only return what was recognised]]` */
export function importFreeText(call: Call): Answer {
	const { store, warninglists } = call.server;
	const event = store.event(call.args[0] ?? '');
	if (!event || !maySee(call.user, event)) throw notFound('Invalid event.');
	const body = fields(call, 'Attribute');
	const indicators = parseFreeText(textOf(body['value']) ?? '');
	const { index } = warninglists;
	const onList = ({ type, value }: Indicator): boolean => index.hits(type, value).length > 0;
	const adhere = textOf(body['adhereToWarninglists']) ?? call.args[1] ?? '0';
	const kept =
		adhere === 'soft' || isOn(adhere)
			? indicators.map((indicator) => (onList(indicator) ? { ...indicator, toIds: false } : indicator))
			: indicators;
	if (isOn(body['returnMetaAttributes']) || isOn(call.args[2])) {
		return ok(
			kept.map(({ types, type, value, original, toIds }) => ({
				types: Object.fromEntries(types.map((choice) => [choice, choice])),
				default_type: type,
				comment: false,
				value,
				original_value: original,
				to_ids: Number(toIds),
			})),
		);
	}
	const distribution = numberOf(body['distribution']) ?? 5;
	if (!mayModify(call.user, event)) return ok(kept.map((indicator) => propose(call, event, indicator)));
	const imported = kept.flatMap((indicator) => importInto(call, event, indicator, distribution));
	if (imported.length > 0) store.touch(event);
	return ok(imported);
}
