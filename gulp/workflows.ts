import type { INode } from 'n8n-workflow';
import type { BuiltPackage } from './builtPackage';
import { isObject, parameterProblems } from './parameters';

/** Node types that a template must not have, and why. */
const FORBIDDEN: Record<string, string> = {
	'n8n-nodes-base.code': 'needs n8n’s task runner; the nodes of this package do the work',
	'n8n-nodes-base.function': 'is removed in n8n 3.0',
	'n8n-nodes-base.functionItem': 'is removed in n8n 3.0',
	'n8n-nodes-base.itemLists': 'is removed in n8n 3.0',
	'n8n-nodes-base.aiTransform': 'is removed in n8n 3.0',
	'n8n-nodes-base.httpRequest': 'bypasses the checks of the nodes of this package',
	'n8n-nodes-base.executeCommand': 'runs commands on the n8n server',
	'n8n-nodes-base.readWriteFile': 'works on the files of the n8n server',
	'n8n-nodes-base.ssh': 'runs commands on another server',
};

const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';
const ON_ERROR = 'n8n-nodes-base.errorTrigger';
const MANUAL = 'n8n-nodes-base.manualTrigger';
const STICKY = 'n8n-nodes-base.stickyNote';
const SUB_WORKFLOW = 'n8n-nodes-base.executeWorkflow';

/** What an export carries that belongs to one n8n or one run, and not into a template. */
const INSTANCE_KEYS = ['pinData', 'staticData', 'versionId', 'shared', 'homeProject', 'ownedBy'];

type Json = Record<string, unknown>;

interface Template {
	json: Json;
	nodes: INode[];
	connections: Json;
}

/**
 * What is wrong with a workflow file, one text for each problem; nothing is wrong with an empty
 * list. `text` is the file's content.
 */
export function workflowProblems(text: string, built: BuiltPackage): string[] {
	const template = read(text);
	if (typeof template === 'string') return [template];
	return [
		...instanceProblems(template),
		...startProblems(template, built),
		...template.nodes.flatMap((node) => nodeProblems(node, built).map((problem) => `node "${node.name}" ${problem}`)),
		...nameProblems(template),
		...connectionProblems(template),
		...referenceProblems(template),
	];
}

function read(text: string): Template | string {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (error) {
		return `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
	}
	if (!isObject(json)) return 'is not an object with nodes and connections';
	const { name, nodes, connections } = json;
	if (typeof name !== 'string' || name === '') return 'has no name';
	if (!Array.isArray(nodes) || nodes.length === 0) return 'has no nodes';
	if (!isObject(connections)) return 'has no connections';
	const broken = nodes.findIndex((node) => !isNode(node));
	if (broken >= 0) {
		return `node number ${broken + 1} lacks one of name, type, typeVersion, position, parameters`;
	}
	return { json, nodes: nodes.filter(isNode), connections };
}

function isNode(node: unknown): node is INode {
	return (
		isObject(node) &&
		typeof node.id === 'string' &&
		typeof node.name === 'string' &&
		typeof node.type === 'string' &&
		typeof node.typeVersion === 'number' &&
		Array.isArray(node.position) &&
		isObject(node.parameters)
	);
}

const isFilled = (value: unknown) => value !== undefined && value !== null && JSON.stringify(value) !== '{}';

function instanceProblems({ json }: Template): string[] {
	const problems = INSTANCE_KEYS.filter((key) => isFilled(json[key])).map(
		(key) => `carries "${key}", which belongs to one n8n and not into a template`,
	);
	if (isObject(json.meta) && 'instanceId' in json.meta) {
		problems.push('carries "meta.instanceId", which names the n8n it was exported from');
	}
	if (json.active === true) problems.push('is active: a template must not start by itself');
	if (!isObject(json.settings) || json.settings.executionOrder !== 'v1') {
		problems.push('needs "settings.executionOrder": "v1", or n8n runs branches in the old order');
	}
	return problems;
}

function startProblems({ nodes }: Template, built: BuiltPackage): string[] {
	const has = (test: (node: INode) => boolean) => nodes.some((node) => !node.disabled && test(node));
	const isOwnTrigger = ({ type }: INode) => built.nodes.get(type)?.description.group.includes('trigger') ?? false;
	return [
		...(has(({ type }) => type === SCHEDULE || type === ON_ERROR) || has(isOwnTrigger)
			? []
			: ['has no Schedule Trigger (nor Error Trigger, nor a trigger of this package)']),
		...(has(({ type }) => type === MANUAL) ? [] : ['has no Manual Trigger']),
		...(has(({ type }) => type === STICKY) ? [] : ['has no sticky note that explains it']),
	];
}

function nodeProblems(node: INode, built: BuiltPackage): string[] {
	return [
		...typeProblems(node, built),
		...credentialProblems(node, built),
		...('webhookId' in node ? ['carries a "webhookId", which belongs to one n8n'] : []),
	];
}

function typeProblems(node: INode, built: BuiltPackage): string[] {
	const { type, typeVersion } = node;
	const why = FORBIDDEN[type];
	if (why !== undefined) return [`is of the type ${type}, which ${why}`];
	const own = built.nodes.get(type);
	const versions = own ? [own.description.version].flat() : built.n8nNodes.get(type);
	if (!versions) return [`is of the type ${type}, which neither this package nor n8n-nodes-base has`];
	if (!versions.includes(typeVersion)) {
		return [`has version ${typeVersion} of ${type}, which has ${versions.join(', ')}`];
	}
	if (own) return parameterProblems(node, own.description);
	return type === SUB_WORKFLOW ? subWorkflowProblems(node) : [];
}

function subWorkflowProblems({ parameters }: INode): string[] {
	return [
		...(parameters.source === 'parameter' ? [] : ['calls a workflow by id, which is another one in every n8n']),
		...(parameters.mode === 'each' ? ['runs a sub-workflow once for each item, which is removed in n8n 3.0'] : []),
	];
}

function credentialProblems({ type, credentials }: INode, built: BuiltPackage): string[] {
	const usable = built.nodes.get(type)?.description.credentials ?? [];
	return Object.entries(credentials ?? {}).flatMap(([credential, details]) => [
		...(built.credentials.has(credential) && usable.some(({ name }) => name === credential)
			? []
			: [`has the credential type "${credential}", which is not one of its own`]),
		...(details.id ? [`carries the id of the credential "${details.name}"`] : []),
	]);
}

function nameProblems({ nodes }: Template): string[] {
	const twice = (values: string[]) => values.filter((value, at) => values.indexOf(value) !== at);
	return [
		...twice(nodes.map(({ name }) => name)).map((name) => `has two nodes named "${name}"`),
		...twice(nodes.map(({ id }) => id)).map((id) => `has two nodes with the id "${id}"`),
	];
}

function connectionProblems({ nodes, connections }: Template): string[] {
	const names = new Set(nodes.map(({ name }) => name));
	const fed = new Set<string>();
	const problems: string[] = [];
	for (const [source, outputs] of Object.entries(connections)) {
		if (!names.has(source)) problems.push(`connects from "${source}", which is no node of it`);
		for (const target of targets(outputs)) {
			fed.add(target);
			if (!names.has(target)) {
				problems.push(`connects "${source}" to "${target}", which is no node of it`);
			}
		}
	}
	const isStart = (type: string) => type === STICKY || /trigger$/i.test(type);
	const loose = nodes.filter(({ name, type }) => !isStart(type) && !fed.has(name));
	return [...problems, ...loose.map(({ name }) => `node "${name}" is connected to nothing`)];
}

function targets(outputs: unknown): string[] {
	if (Array.isArray(outputs)) return outputs.flatMap(targets);
	if (!isObject(outputs)) return [];
	return typeof outputs.node === 'string' ? [outputs.node] : Object.values(outputs).flatMap(targets);
}

const REFERENCE = /\$\(\s*(['"`])(.+?)\1\s*\)|\$(?:node|items)[[(]\s*(['"`])(.+?)\3/g;

/** Expressions such as `$('Name')` that name a node which is not there. */
function referenceProblems({ nodes }: Template): string[] {
	const names = new Set(nodes.map(({ name }) => name));
	return nodes.flatMap(({ name, parameters }) =>
		expressions(parameters)
			.flatMap((text) => [...text.matchAll(REFERENCE)].map((match) => match[2] ?? match[4] ?? ''))
			.filter((named) => !names.has(named))
			.map((named) => `node "${name}" refers to "${named}", which is no node of it`),
	);
}

function expressions(value: unknown): string[] {
	if (typeof value === 'string') return value.startsWith('=') ? [value] : [];
	if (Array.isArray(value)) return value.flatMap(expressions);
	return isObject(value) ? Object.values(value).flatMap(expressions) : [];
}
