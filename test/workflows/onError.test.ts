import type { IDataObject } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWorkflow } from '../engine/harness';
import { template } from './world';

const failure = (more: IDataObject = {}, error: IDataObject = {}): IDataObject => ({
	execution: {
		id: '231',
		url: 'http://127.0.0.1:5678/workflow/wf1/executions/231',
		lastNodeExecuted: 'Upload IOCs',
		mode: 'trigger',
		error: {
			message: 'Orion is not available',
			description: 'Nothing is lost: the next run takes up what is left.',
			timestamp: Date.UTC(2026, 10, 24, 8),
			node: { name: 'Upload IOCs', parameters: { secret: 'not to be told' } },
			stack: 'Error: at somewhere',
			...error,
		},
	},
	workflow: { id: 'wf1', name: 'Upload IOCs from MISP to Cytomic Orion' },
	...more,
});

const report = async (json: IDataObject, workflowId = 'on-error') =>
	await runWorkflow(template('on-error'), {
		startNode: 'A workflow failed',
		pinned: { 'A workflow failed': [json] },
		workflowId,
	});

test('a failed run is told in plain words: which workflow, where, why, what to do, and the link', async () => {
	const run = await report(failure());
	expect(run.error).toBeUndefined();
	const [{ json } = { json: {} }] = run.node('Connect your chat here');
	expect(json).toMatchObject({
		workflow: 'Upload IOCs from MISP to Cytomic Orion',
		node: 'Upload IOCs',
		error: 'Orion is not available',
		execution: '231',
		link: 'http://127.0.0.1:5678/workflow/wf1/executions/231',
		subject: 'n8n: Upload IOCs from MISP to Cytomic Orion failed',
	});
	expect(Date.parse(String(json.when))).toBe(Date.UTC(2026, 10, 24, 8));
	expect(String(json.text).split('\n\n')).toEqual([
		expect.stringMatching(/^Upload IOCs from MISP to Cytomic Orion failed at "Upload IOCs" at 2026-11-24T/),
		'Orion is not available',
		'Nothing is lost: the next run takes up what is left.',
		'The run: http://127.0.0.1:5678/workflow/wf1/executions/231',
	]);
	expect(JSON.stringify(json)).not.toMatch(/not to be told|somewhere/);
});

test('the same trouble again is told once an hour, another one at once', async () => {
	const id = 'told once';
	expect((await report(failure(), id)).node('Report')).toHaveLength(1);
	expect((await report(failure(), id)).node('Report')).toHaveLength(0);
	expect((await report(failure({}, { message: 'Something else' }), id)).node('Report')).toHaveLength(1);
});

test('its own failure is not reported, so that it never calls itself', async () => {
	const run = await report(failure({ workflow: { id: 'itself', name: 'When a workflow fails' } }), 'itself');
	expect(run.error).toBeUndefined();
	expect(run.node('Report')).toEqual([]);
});

test('a run that n8n found dead is explained', async () => {
	const run = await report(
		failure(
			{},
			{
				name: 'WorkflowCrashedError',
				message: 'Workflow did not finish, possible out-of-memory issue',
				description: null,
			},
		),
		'dead',
	);
	expect(run.node('Report')[0]?.json.what_to_do).toMatch(/stopped in the middle.*the next run goes on/);
});

test.each<[string, IDataObject]>([
	[
		'a trigger that fails before there is a run',
		{ trigger: { error: { message: 'No connection' }, mode: 'trigger' }, workflow: { id: 'w', name: 'Hits' } },
	],
	['an error without any detail', { workflow: { id: 'w', name: 'Hits' } }],
	['nothing at all', {}],
	['text that looks like an expression or HTML', failure({ workflow: { id: 'w', name: '{{ 1 + 1 }}<script>' } })],
])('%s still makes a report', async (name, json) => {
	const run = await report(json, name);
	expect(run.error).toBeUndefined();
	expect(run.node('Report')).toHaveLength(1);
	if (name.startsWith('text')) expect(run.node('Report')[0]?.json.text).toContain('{{ 1 + 1 }}<script> failed');
});

test('run by hand, it shows the report of an example', async () => {
	const run = await runWorkflow(template('on-error'), { startNode: 'Run by hand' });
	expect(run.error).toBeUndefined();
	expect(run.node('Report')[0]?.json.text).toContain('Orion is not available');
});

test('all other workflows name it, and it names none', () => {
	const folder = join(__dirname, '../../workflows');
	const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
	const { id, settings } = read('on-error.json');
	expect(settings.errorWorkflow).toBeUndefined();
	const others = readdirSync(folder).filter((file) => file !== 'on-error.json');
	expect(others.filter((file) => read(file).settings.errorWorkflow !== id)).toEqual([]);
});
