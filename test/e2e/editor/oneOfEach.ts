import type { BuiltPackage } from '../../../gulp/builtPackage';
import { choicesOf } from '../../../gulp/nodesPage/words';

/** Fields that decide which others the panel shows, in the order in which one chooses. */
const DECIDING = ['resource', 'operation', 'event'] as const;
type Deciding = (typeof DECIDING)[number];

/** One way through the panel: what to choose, and the names of the fields that must be there then. */
export interface Way {
	/** Deciding field → the choice, as the panel names it. */
	chosen: Readonly<Record<string, string>>;
	fields: string[];
}

/** What the panel of a node must offer, by the node's description. */
export interface Offered {
	type: string;
	/** As the canvas names the node. */
	node: string;
	credentials: string[];
	ways: Way[];
}

type Property = Parameters<typeof choicesOf>[0];
type Values = Readonly<Partial<Record<string, unknown>>>;

const deciding = (name: string): name is Deciding => DECIDING.some((one) => one === name);

/** Shown by what was decided alone: no other field has a say. */
const isShown = ({ displayOptions }: Property, values: Values): boolean =>
	Object.entries(displayOptions?.show ?? {}).every(
		([name, wanted]) => deciding(name) && (wanted ?? []).some((one) => one === values[name]),
	);

/** A hidden field and a notice have no name to look for. */
const hasName = ({ type }: Property): boolean => type !== 'hidden' && type !== 'notice';

function waysThrough(properties: readonly Property[], left: readonly Deciding[], way: Way, values: Values): Way[] {
	const [name, ...rest] = left;
	if (name === undefined) {
		const fields = properties.filter((property) => hasName(property) && isShown(property, values));
		return [{ ...way, fields: fields.map(({ displayName }) => displayName) }];
	}
	const choices = properties
		.filter((property) => property.name === name && isShown(property, values))
		.flatMap(choicesOf);
	if (choices.length === 0) return waysThrough(properties, rest, way, values);
	return choices.flatMap((choice) =>
		waysThrough(
			properties,
			rest,
			{ ...way, chosen: { ...way.chosen, [name]: choice.name } },
			{ ...values, [name]: choice.value },
		),
	);
}

export function offeredBy({ nodes }: BuiltPackage): Offered[] {
	return [...nodes].map(([type, { description }]) => ({
		type,
		node: description.displayName,
		credentials: (description.credentials ?? []).map(({ name }) => name),
		ways: waysThrough(description.properties, DECIDING, { chosen: {}, fields: [] }, {}),
	}));
}

/** The names that n8n proposes for new credentials, by which it finds those of an imported workflow. */
const ACCOUNTS: Readonly<Record<string, string>> = {
	mispInstanceApi: 'MISP Instance account',
	cytomicOrionApi: 'Cytomic Orion account',
};

/** A workflow file with a Manual trigger and one node of each type, as it stands when it was just added. */
export const workflowOfEach = (offered: readonly Offered[]): string =>
	JSON.stringify({
		name: 'One of each',
		nodes: [
			{ name: 'Run by hand', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
			...offered.map(({ node, type, credentials }) => ({
				name: node,
				type,
				typeVersion: 1,
				credentials: Object.fromEntries(credentials.map((name) => [name, { id: null, name: ACCOUNTS[name] }])),
			})),
		].map((node, index) => ({ id: `node-${index}`, ...node, position: [index * 220, 0], parameters: {} })),
		connections: {},
		settings: {},
	});
