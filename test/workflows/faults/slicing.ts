/** How many events a template's loop takes at a time. */
export interface Slicing {
	node: string;
	size: number;
}

/** Sets it, as a person would in the editor. */
export function slice(nodes: ReadonlyArray<{ name: string; parameters?: unknown }>, { node, size }: Slicing): void {
	const parameters = nodes.find(({ name }) => name === node)?.parameters;
	if (typeof parameters !== 'object' || parameters === null) throw new Error(`The workflow has no node "${node}"`);
	Object.assign(parameters, { batchSize: size });
}
