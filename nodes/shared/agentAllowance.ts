import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** Shown with each operation that cannot be undone, where the node is a tool. */
export const agentAllowance: INodeProperties = {
	displayName: 'Allow AI Agents',
	name: 'allowAgents',
	type: 'boolean',
	noDataExpression: true,
	displayOptions: { show: { '@tool': [true] } },
	default: false,
	description:
		'Whether an AI agent that has this node as a tool may run this operation. What it does cannot be undone.',
};

/**
 * Whether an AI agent runs the node. n8n has a node that is a tool under a type of its own, which ends in "Tool"; `isToolExecution` alone
 * won't do, since it is false where the engine runs tools on behalf of an agent (n8n 2.41, AI Agent 3).
 */
const isTool = (fn: Pick<IExecuteFunctions, 'getNode' | 'isToolExecution'>): boolean =>
	fn.getNode().type.endsWith('Tool') || fn.isToolExecution();

/** Throws where an AI agent runs an operation that cannot be undone and that the person who built the workflow did not allow it. */
export function assertAgentMay(
	fn: Pick<IExecuteFunctions, 'getNode' | 'isToolExecution'>,
	operation: { name: string; destructive?: boolean },
): void {
	if (operation.destructive !== true || !isTool(fn)) return;
	// As it is stored: an expression here could be filled in by the agent itself.
	if (fn.getNode().parameters[agentAllowance.name] === true) return;
	throw new NodeOperationError(fn.getNode(), `AI agents may not run "${operation.name}" here`, {
		description: `It cannot be undone. To allow it, switch on "${agentAllowance.displayName}" in this node.`,
	});
}
