import { LazyPackageDirectoryLoader, PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, IDataObject, INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';
import { NodeHelpers, UserError } from 'n8n-workflow';
import { dirname } from 'node:path';

const BASE = 'n8n-nodes-base';

/** Where the items of a test come from: its output is always pinned, so it never runs. */
export const INPUT_TYPE = 'harness.input';
const input: INodeType = {
	description: {
		displayName: 'Input',
		name: 'input',
		group: ['trigger'],
		version: 1,
		description: 'Gives the items of a test',
		defaults: { name: 'Input' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	},
};

/** The packages installed in the engine, loaded the way n8n loads them: from their built files. */
export class InstalledPackages implements INodeTypes {
	private readonly byDirectory = new Map<string, PackageDirectoryLoader>();

	private readonly byName = new Map<string, PackageDirectoryLoader>();

	/** Loads a package once; `directory` is where its package.json is. */
	async install(directory: string): Promise<PackageDirectoryLoader> {
		const known = this.byDirectory.get(directory);
		if (known) return known;
		const loader = new PackageDirectoryLoader(directory);
		await loader.loadAll();
		return this.keep(directory, loader);
	}

	/** Loads n8n's own nodes; each node's code is only read when a workflow has it. */
	async installBase(): Promise<void> {
		if (this.byName.has(BASE)) return;
		const directory = dirname(require.resolve(`${BASE}/package.json`));
		const loader = new LazyPackageDirectoryLoader(directory);
		await loader.loadAll();
		this.keep(directory, loader);
	}

	getByName(type: string): INodeType | IVersionedNodeType {
		if (type === INPUT_TYPE) return input;
		const dot = type.lastIndexOf('.');
		const loader = this.byName.get(type.slice(0, dot));
		if (!loader) throw new UserError(`No package is installed that has the node ${type}`);
		return asTool(loader, type.slice(dot + 1)) ?? loader.getNode(type.slice(dot + 1)).type;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	getKnownTypes(): IDataObject {
		return {};
	}

	credentialType(name: string): ICredentialType {
		for (const loader of this.byName.values()) {
			if (name in loader.known.credentials) return loader.getCredential(name).type;
		}
		throw new UserError(`No package is installed that has the credential type ${name}`);
	}

	/** Nodes that use the credential type, as full type names. */
	nodesWith(credentialType: string): string[] {
		return [...this.byName].flatMap(([name, loader]) =>
			(loader.nodesByCredential[credentialType] ?? []).map((node) => `${name}.${node}`),
		);
	}

	private keep(directory: string, loader: PackageDirectoryLoader): PackageDirectoryLoader {
		this.byDirectory.set(directory, loader);
		this.byName.set(loader.packageName, loader);
		return loader;
	}
}

/** A node that an AI agent has as a tool: n8n gives it a type of its own, `<node>Tool`, with the node's code. */
function asTool(loader: PackageDirectoryLoader, name: string): INodeType | undefined {
	const base = name.replace(/Tool$/, '');
	if (name in loader.known.nodes || base === name || !(base in loader.known.nodes)) return undefined;
	const node = NodeHelpers.getVersionedNodeType(loader.getNode(base).type);
	return Object.create(node, { description: { value: { ...node.description, name } } });
}
