import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

/** Shown with each operation that cannot be undone. */
export const agentAllowance: INodeProperties = {
	displayName: 'Allow AI Agents',
	name: 'allowAgents',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description: 'Whether an AI agent that has this node as a tool may run this operation. What it does cannot be undone.',
};

/** Throws where an AI agent runs an operation that cannot be undone and that the person who built the workflow did not allow it. */
export function assertAgentMay(fn: IExecuteFunctions, operation: { name: string; destructive?: boolean }): void {
	if (operation.destructive !== true || !fn.isToolExecution()) return;
	// As it is stored: an expression here could be filled in by the agent itself.
	if (fn.getNode().parameters[agentAllowance.name] === true) return;
	throw new NodeOperationError(fn.getNode(), `AI agents may not run "${operation.name}" here`, {
		description: `It cannot be undone. To allow it, switch on "${agentAllowance.displayName}" in this node.`,
	});
}
