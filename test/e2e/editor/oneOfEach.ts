import type { BuiltPackage } from '../../../gulp/builtPackage';
import { choicesOf } from '../../../gulp/nodesPage/words';

/** What the panel of a node must offer, by the node's description. */
export interface Offered {
	type: string;
	/** As the canvas names the node. */
	node: string;
	resources: Array<{ name: string; operations: Array<{ name: string; fields: string[] }> }>;
	/** Fields of a node without resources. */
	fields: string[];
}

type Property = Parameters<typeof choicesOf>[0];

const shownFor = (property: Property, name: string, value: unknown): boolean =>
	(property.displayOptions?.show?.[name] ?? []).some((one) => one === value);

/** Shown as soon as the operation is chosen: no other field decides. */
const isUnconditional = ({ displayOptions, type }: Property): boolean =>
	type !== 'hidden' &&
	type !== 'notice' &&
	Object.keys(displayOptions?.show ?? {}).every((name) => name === 'resource' || name === 'operation');

export function offeredBy({ nodes }: BuiltPackage): Offered[] {
	return [...nodes].map(([type, { description }]) => {
		const { properties } = description;
		const always = properties.filter(isUnconditional);
		const names = (fields: Property[]) => fields.map(({ displayName }) => displayName);
		const resource = properties.find(({ name }) => name === 'resource');
		const operationsOf = (value: unknown) =>
			properties.filter(({ name }) => name === 'operation').filter((field) => shownFor(field, 'resource', value));
		return {
			type,
			node: description.displayName,
			resources: (resource ? choicesOf(resource) : []).map(({ name, value }) => ({
				name,
				operations: operationsOf(value)
					.flatMap(choicesOf)
					.map((operation) => ({
						name: operation.name,
						fields: names(
							always.filter(
								(field) => shownFor(field, 'resource', value) && shownFor(field, 'operation', operation.value),
							),
						),
					})),
			})),
			fields: names(always.filter(({ displayOptions }) => displayOptions === undefined)),
		};
	});
}

/** A workflow file with a Manual trigger and one node of each type, as it stands when it was just added. */
export const workflowOfEach = (offered: readonly Offered[]): string =>
	JSON.stringify({
		name: 'One of each',
		nodes: [
			{ name: 'Run by hand', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
			...offered.map(({ node, type }) => ({ name: node, type, typeVersion: 1 })),
		].map((node, index) => ({ id: `node-${index}`, ...node, position: [index * 220, 0], parameters: {} })),
		connections: {},
		settings: {},
	});
