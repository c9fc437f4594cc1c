import type { INode, INodeParameters } from 'n8n-workflow';
import { agentAllowance, assertAgentMay } from '../../../nodes/shared/agentAllowance';
import { propertiesOf } from '../../../nodes/shared/operation';
import { registry } from '../../../nodes/Misp/actions';

const run = (isTool: boolean, parameters: INodeParameters, type = 'misp') => {
	const node: INode = { id: '1', name: 'MISP', type, typeVersion: 1, position: [0, 0], parameters };
	return { getNode: () => node, isToolExecution: () => isTool };
};
const erase = { name: 'Delete', destructive: true };

test.each<[string, boolean, INodeParameters]>([
	['a person’s workflow', false, {}],
	['an agent that was allowed to', true, { allowAgents: true }],
])('%s may run what cannot be undone', (_, isTool, parameters) => {
	expect(() => assertAgentMay(run(isTool, parameters), erase)).not.toThrow();
});
test.each<[string, INodeParameters]>([
	['without allowance', {}],
	['with the allowance switched off', { allowAgents: false }],
	['with an allowance it could fill in itself', { allowAgents: '={{ $fromAI("allow") }}' }],
])('an agent %s may not', (_, parameters) => {
	expect(() => assertAgentMay(run(true, parameters), erase)).toThrow('AI agents may not run "Delete" here');
});
test('a tool that the engine runs for an agent is known by its type', () => {
	expect(() => assertAgentMay(run(false, {}, 'n8n-nodes-misp-cytomic-orion.mispTool'), erase)).toThrow(
		'AI agents may not run "Delete" here',
	);
});
test('an agent may run everything else', () => {
	expect(() => assertAgentMay(run(true, {}), { name: 'Get Many' })).not.toThrow();
});

test('each operation that cannot be undone shows the allowance, off by default and not as an expression', () => {
	const shown = propertiesOf(registry, 'attribute').filter(({ name }) => name === agentAllowance.name);
	const destructive = Object.entries(registry).flatMap(([resource, { operations }]) =>
		Object.entries(operations)
			.filter(([, { destructive: cannotBeUndone }]) => cannotBeUndone)
			.map(([operation]) => `${resource}.${operation}`),
	);
	expect(
		shown
			.map(
				({ displayOptions }) =>
					`${String(displayOptions?.show?.resource?.[0])}.${String(displayOptions?.show?.operation?.[0])}`,
			)
			.sort(),
	).toEqual(destructive.sort());
	expect(destructive).toEqual(
		expect.arrayContaining([
			'attribute.delete',
			'event.delete',
			'object.delete',
			'proposal.discard',
			'request.send',
			'sighting.delete',
			'eventReport.delete',
		]),
	);
	for (const field of shown) expect(field).toMatchObject({ default: false, noDataExpression: true });
});
