import type { ICredentialType, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

export interface BuiltNode {
	/** Path of the built file, from the package's root. */
	file: string;
	description: INodeTypeDescription;
}

export interface BuiltCredential {
	file: string;
	type: ICredentialType;
}

/** What a package offers once built, as n8n will load it. */
export interface BuiltPackage {
	name: string;
	/** By full type name: `<package>.<node>`. */
	nodes: Map<string, BuiltNode>;
	credentials: Map<string, BuiltCredential>;
	/** Full type name → versions of n8n's own nodes, which templates may use too. */
	n8nNodes: Map<string, number[]>;
}

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

export function loadBuiltPackage(root: string): BuiltPackage {
	const { name, n8n }: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const nodes = n8n.nodes.map((file): BuiltNode => {
		const { description } = instance<INodeType>(root, file);
		return { file, description };
	});
	const credentials = n8n.credentials.map(
		(file): BuiltCredential => ({ file, type: instance<ICredentialType>(root, file) }),
	);
	return {
		name,
		nodes: new Map(nodes.map((node) => [`${name}.${node.description.name}`, node])),
		credentials: new Map(credentials.map((credential) => [credential.type.name, credential])),
		n8nNodes: n8nNodes(),
	};
}

/** n8n takes the class named like the file: `Misp.node.js` exports `Misp`. */
function instance<T>(root: string, file: string): T {
	const className = basename(file).split('.')[0] ?? '';
	const exported: Record<string, new () => T> = createRequire(join(root, 'package.json'))(`./${file}`);
	const Class = exported[className];
	if (!Class) throw new Error(`${file} exports no class "${className}"`);
	return new Class();
}

function n8nNodes(): Map<string, number[]> {
	const types: Array<Pick<INodeTypeDescription, 'name' | 'version'>> = JSON.parse(
		readFileSync(require.resolve('n8n-nodes-base/dist/types/nodes.json'), 'utf8'),
	);
	const versions = new Map<string, number[]>();
	for (const { name, version } of types) {
		const type = `n8n-nodes-base.${name}`;
		versions.set(type, [...(versions.get(type) ?? []), version].flat());
	}
	return versions;
}
