import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT } from './n8n/package';
import { readWorkflow, type Workflow } from './n8n/workflow';

const FOLDER = join(PROJECT, 'workflows');

/** One of the workflows that come with the package, by its file name. */
export async function workflowNamed(name: string): Promise<Workflow> {
	return await readWorkflow(join(FOLDER, `${name}.json`));
}

/** The names of all of them. */
export async function workflowNames(): Promise<string[]> {
	const files = await readdir(FOLDER);
	return files
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.slice(0, -'.json'.length))
		.sort();
}
