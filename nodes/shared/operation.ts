import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import { agentAllowance } from './agentAllowance';
import type { SumUp } from './call';

/** What an operation hands back for one result: its fields, and where they differ, the items it came from and files. */
export interface Result {
	json: IDataObject;
	/** Index of the input item, or of several. The router fills in the item in hand where it is missing. */
	from?: number | number[];
	binary?: INodeExecutionData['binary'];
	/** Makes this one result an error: it stops the node, or goes to the error output where the user asked for that. */
	problem?: Error;
}

/** For an operation on one item that has more to say than fields: files, problems of single parts, other pairings. */
export class Outcomes {
	constructor(readonly results: Result[]) {}
}

interface Described {
	/** As shown in the drop-down. */
	name: string;
	/** As shown in the list of actions, in sentence case. */
	action: string;
	description: string;
	fields: INodeProperties[];
	/** Cannot be undone. An AI agent may run it only where the node allows it. */
	destructive?: boolean;
}

/** Runs once for every item. */
export interface EachItem<Call> extends Described {
	kind: 'each';
	/** How many items are worked on at a time; 1 where order matters. */
	concurrency: number;
	execute(call: Call): Promise<IDataObject | IDataObject[] | Outcomes>;
}

/** Runs once for all items: for bulk, where one request can serve many items. */
export interface AllItems<Call> extends Described {
	kind: 'all';
	execute(call: Call, items: INodeExecutionData[], calls: (index: number) => Call): Promise<Result[]>;
}

export type Operation<Call> = EachItem<Call> | AllItems<Call>;

/** The two kinds as a node's operations are written: `export const get = eachItem({…})`. Items are worked on one by one where nothing else is said. */
export const kindsOf = <Call>() => ({
	eachItem: (operation: Omit<EachItem<Call>, 'kind' | 'concurrency'> & { concurrency?: number }): EachItem<Call> => ({
		kind: 'each',
		concurrency: 1,
		...operation,
	}),
	allItems: (operation: Omit<AllItems<Call>, 'kind'>): AllItems<Call> => ({ kind: 'all', ...operation }),
});

/** Operation value → operation. */
export type Operations<Call> = Record<string, Operation<Call>>;

export interface Resource<Call> {
	name: string;
	description?: string;
	operations: Operations<Call>;
}

/** Resource value → its operations. Everything that lists resources or operations is derived from it. */
export type Registry<Call> = Record<string, Resource<Call>>;

export type Open<Call> = (fn: IExecuteFunctions, sumUp: SumUp) => Promise<(index: number) => Call>;

const byName = (a: INodePropertyOptions, b: INodePropertyOptions) => a.name.localeCompare(b.name);

/** The node's parameters: the drop-downs of resources and operations, then each operation's fields, shown where they belong. */
export function propertiesOf<Call>(registry: Registry<Call>, defaultResource: string): INodeProperties[] {
	const resources = Object.entries(registry).map(([value, { name, description }]) => ({ name, value, description }));
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.sort(byName),
			default: defaultResource,
		},
		...Object.entries(registry).flatMap(([resource, { operations }]) => {
			const initial = 'getMany' in operations ? 'getMany' : (Object.keys(operations)[0] ?? '');
			return operationProperties(operations, initial, { resource: [resource] });
		}),
	];
}

/** The drop-down of operations, and the fields of each; `show` says when, beside the operation itself. */
export function operationProperties<Call>(
	operations: Operations<Call>,
	initial: string,
	show: Record<string, string[]> = {},
): INodeProperties[] {
	const entries = Object.entries(operations);
	const options = entries.map(([value, { name, action, description }]) => ({ name, value, action, description }));
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			...(Object.keys(show).length > 0 && { displayOptions: { show } }),
			options: options.sort(byName),
			default: initial,
		},
		...entries.flatMap(([value, { fields, destructive }]) =>
			updateDisplayOptions(
				{ show: { ...show, operation: [value] } },
				destructive ? [...fields, agentAllowance] : fields,
			),
		),
	];
}
