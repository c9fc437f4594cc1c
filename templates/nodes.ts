import type { INodeParameters } from 'n8n-workflow';
import type { NodeSpec } from './canvas';

/** Makers of the nodes that templates are built from. */

type Extra = Partial<
	Pick<NodeSpec, 'executeOnce' | 'alwaysOutputData' | 'onError' | 'retryOnFail' | 'notes' | 'disabled'>
>;

const ours =
	(type: string) =>
	(name: string, resource: string, operation: string, parameters: INodeParameters, extra: Extra = {}): NodeSpec => ({
		name,
		type: `n8n-nodes-misp-cytomic-orion.${type}`,
		version: 1,
		parameters: { resource, operation, ...parameters },
		...extra,
	});

export const misp = ours('misp');
export const orion = ours('cytomicOrion');

export const manual: NodeSpec = { name: 'Run by hand', type: 'n8n-nodes-base.manualTrigger', version: 1 };

type Every = { minutes: number } | { hours: number } | { daysAt: number } | { mondaysAt: number };

export function schedule(name: string, every: Every): NodeSpec {
	const interval =
		'minutes' in every
			? { field: 'minutes', minutesInterval: every.minutes }
			: 'hours' in every
				? { field: 'hours', hoursInterval: every.hours }
				: 'daysAt' in every
					? { field: 'days', triggerAtHour: every.daysAt }
					: { field: 'weeks', triggerAtDay: [1], triggerAtHour: every.mondaysAt };
	return { name, type: 'n8n-nodes-base.scheduleTrigger', version: 1.2, parameters: { rule: { interval: [interval] } } };
}

/** Edit Fields, with values in the order given. */
export function set(name: string, fields: Record<string, string | number | boolean>, extra: Extra = {}): NodeSpec {
	return {
		name,
		type: 'n8n-nodes-base.set',
		version: 3.4,
		parameters: {
			assignments: {
				assignments: Object.entries(fields).map(([field, value]) => ({
					id: `${name}-${field}`.toLowerCase().replace(/\W+/g, '-'),
					name: field,
					value,
					type: typeof value,
				})),
			},
			options: {},
		},
		...extra,
	};
}

export const loop = (name: string, batchSize: number): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.splitInBatches',
	version: 3,
	parameters: { batchSize, options: {} },
});

/** One item whose `field` lists the values of that field of all items. */
export const collect = (name: string, field: string): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.aggregate',
	version: 1,
	parameters: { fieldsToAggregate: { fieldToAggregate: [{ fieldToAggregate: field }] }, options: {} },
});

export const passOn = (name: string, notes?: string): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.noOp',
	version: 1,
	...(notes !== undefined && { notes }),
});

export const sums = (name: string, fields: string[]): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.summarize',
	version: 1.1,
	parameters: {
		fieldsToSummarize: { values: fields.map((field) => ({ aggregation: 'sum', field })) },
		options: { continueIfFieldNotFound: true },
	},
});

/** Lets items pass whose key was not seen in any run before. All such nodes of a workflow remember together. */
export const newOnly = (name: string, key: string, historySize: number): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.removeDuplicates',
	version: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		logic: 'removeItemsWithAlreadySeenKeyValues',
		dedupeValue: key,
		options: { scope: 'workflow', historySize },
	},
});

/** Forgets what all nodes made by `newOnly` of the workflow remember. */
export const forgetAll = (name: string): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.removeDuplicates',
	version: 2,
	parameters: { operation: 'clearDeduplicationHistory', mode: 'cleanDatabase', options: { scope: 'workflow' } },
});

/** One item whose `field` lists the items, with only those of their fields that are named. */
export const collectItems = (name: string, field: string, fields: string[]): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.aggregate',
	version: 1,
	parameters: {
		aggregate: 'aggregateAllItemData',
		destinationFieldName: field,
		include: 'specifiedFields',
		fieldsToInclude: fields.join(', '),
		options: {},
	},
});

/** Two outputs: yes and no. For few items only: an expression costs half a millisecond each. */
const condition = (
	name: string,
	leftValue: string,
	rightValue: number | boolean,
	operator: INodeParameters,
): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.if',
	version: 2.2,
	parameters: {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions: [{ id: name.toLowerCase().replace(/\W+/g, '-'), leftValue, rightValue, operator }],
			combinator: 'and',
		},
		looseTypeValidation: true,
		options: {},
	},
});

export const ifMore = (name: string, leftValue: string) =>
	condition(name, leftValue, 0, { type: 'number', operation: 'gt' });

export const ifTrue = (name: string, leftValue: string) =>
	condition(name, leftValue, true, { type: 'boolean', operation: 'true', singleValue: true });

export const stop = (name: string, errorMessage: string): NodeSpec => ({
	name,
	type: 'n8n-nodes-base.stopAndError',
	version: 1,
	parameters: { errorMessage },
});
