import type { IDataObject, INodeExecutionData, INodeType, INodeTypeDescription, IPollFunctions } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { savable } from '../shared/nesting';
import { spoken } from '../shared/spoken';
import { readIndicator } from './answers/indicator';
import type { Row } from './answers/row';
import { indicatorFilters, readIndicatorFilters } from './descriptions/indicatorFilters';
import { simplify } from './descriptions/simplify';
import { readMemory } from './indicators/memory';
import type { Poll } from './indicators/poll';
import { pollIndicators } from './indicators/poll';
import { sampleIndicators } from './indicators/sample';
import { toItem } from './item';
import { connect } from './transport/connect';

const minuteInMs = 60_000;
const dayInMs = 86_400_000;

/** n8n gives a poll five minutes; what is not read by then waits for the next one. */
const pollBudgetMs = 120_000;
const mostPerPoll = 10_000;

export class CytomicOrionTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Cytomic Orion Trigger',
		name: 'cytomicOrionTrigger',
		icon: { light: 'file:../../icons/cytomicOrion.svg', dark: 'file:../../icons/cytomicOrion.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'New indicators',
		description: 'Starts the workflow when Cytomic Orion raises indicators, such as hits of IOCs',
		defaults: { name: 'Cytomic Orion Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cytomicOrionApi', required: true }],
		properties: [
			{
				displayName:
					'An indicator comes out once, as soon as it matches the filters. So with the status Closed it comes out when it is closed, if that happens within the overlap.',
				name: 'notice',
				type: 'notice',
				default: '',
			},
			indicatorFilters,
			simplify,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Look Back on First Activation (Days)',
						name: 'lookBackDays',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 3 },
						default: 0,
						description: 'How far back the first poll goes. With 0, it starts from now.',
					},
					{
						displayName: 'Overlap (Minutes)',
						name: 'overlapMinutes',
						type: 'number',
						typeOptions: { minValue: 0 },
						default: 60,
						description:
							'How much of what was read before is read again, for indicators that turn up late or match the filters later. None comes out twice. For the status Closed, 43200 covers a month.',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const filters = readIndicatorFilters(objectOf(this.getNodeParameter('filters', {})));
		const isSimple = this.getNodeParameter('simple', true) === true;
		const itemsOf = (rows: Row[]): IDataObject[] =>
			savable(rows.map((row) => toItem(isSimple ? readIndicator(row) : row)));

		const items = await spoken(this, async () => {
			if (this.getMode() === 'manual') return itemsOf(await sampleIndicators(await connect(this), filters, Date.now()));
			const saved = this.getWorkflowStaticData('node');
			const { rows, memory } = await next(this, saved, filters);
			const found = itemsOf(rows);
			// Saved by n8n together with handing the items over: where that fails, the same ones come again.
			Object.assign(saved, memory);
			return found;
		});
		return items.length > 0 ? [items.map((json) => ({ json }))] : null;
	}
}

async function next(
	fn: IPollFunctions,
	saved: IDataObject,
	filters: ReturnType<typeof readIndicatorFilters>,
): Promise<Poll> {
	const { lookBackDays = 0, overlapMinutes = 60 } = objectOf(fn.getNodeParameter('options', {}));
	const now = Date.now();
	return await pollIndicators(await connect(fn), readMemory(saved), {
		filters,
		overlapMs: Math.max(0, Number(overlapMinutes)) * minuteInMs,
		lookBackMs: Math.max(0, Number(lookBackDays)) * dayInMs,
		now,
		isOver: () => Date.now() - now > pollBudgetMs,
		most: mostPerPoll,
	});
}

const objectOf = (value: unknown): IDataObject => (typeof value === 'object' && value !== null ? { ...value } : {});
