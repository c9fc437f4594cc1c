import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../parameters';

/** A message with which a workflow stops on purpose. */
export interface WorkflowStop {
	/** Name of its file. */
	workflow: string;
	message: string;
}

/** The messages of all Stop and Error nodes of `workflows/`. */
export function workflowStops(root: string): WorkflowStop[] {
	const folder = join(root, 'workflows');
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
	return files.sort().flatMap((file) => {
		const workflow: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
		const nodes: unknown[] = isObject(workflow) && Array.isArray(workflow.nodes) ? workflow.nodes : [];
		return nodes.flatMap((node) => {
			if (!isObject(node) || node.type !== 'n8n-nodes-base.stopAndError' || !isObject(node.parameters)) return [];
			return [{ workflow: file.replace('.json', ''), message: readable(String(node.parameters.errorMessage)) }];
		});
	});
}

/** An expression as its texts: those of a choice one after the other, … for what is filled in. */
function readable(expression: string): string {
	return expression
		.replace(/^=/, '')
		.replace(/\{\{(.*?)\}\}/gs, (_, code: string) => {
			const texts = [...withoutReferences(code).matchAll(/'((?:[^'\\]|\\.)*\w{4}(?:[^'\\]|\\.)*)'/g)];
			return texts.length === 0 ? '…' : texts.map(([, text = '']) => text).join(' / ');
		})
		.replace(/\s+/g, ' ')
		.trim();
}

/** Names of nodes, and values compared with, are no words of the message. */
const withoutReferences = (code: string): string => code.replace(/\$\('[^']*'\)|=== '[^']*'/g, '');
