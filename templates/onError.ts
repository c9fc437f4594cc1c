import { Canvas } from './canvas';
import { manual, newOnly, passOn, set } from './nodes';
import { ofSettings, settingsName } from './settings';
import { columns, field, onlyWhere } from './tables';

/** What goes into the e-mail; without addresses the e-mail stays off, and the report is the result of the run. */
const settings = { mail_from: '', mail_to: '' };

const failure = '($json.execution ?? $json.trigger ?? {})';
const error = `(${failure}.error ?? {})`;
/** n8n's words for a run that it found dead when it started again. */
const hasCrashed = `/crash|out of memory|out-of-memory|did not finish|unknown reason/i.test((${error}.name ?? '') + ' ' + (${error}.message ?? ''))`;

const crashAdvice =
	'n8n itself stopped in the middle of the run, perhaps for lack of memory. The workflows keep in MISP what is done: the next run goes on from there.';

/** As n8n hands it to an error workflow. */
const example = {
	workflow: '{"id":"example","name":"Upload IOCs from MISP to Cytomic Orion"}',
	execution:
		'{"id":"0","url":"https://n8n.example.com/workflow/example/executions/0","lastNodeExecuted":"Upload IOCs","mode":"trigger","error":{"message":"Orion is not available","description":"Nothing is lost: the next run takes up what is left."}}',
};

export function onError(): Canvas {
	const canvas = new Canvas('When a MISP or Orion workflow fails', true);
	canvas.note(
		0,
		0,
		2,
		'# When a workflow fails\nOne readable report of a failed run: which workflow, where, why, what to do, and the link to it.\n\n1. **Publish** this workflow: n8n calls an error workflow only then.\n2. In each other workflow choose it under **⋯ > Settings > Error Workflow**. What is imported by n8n’s command line has it chosen already; the editor leaves that out.\n3. *Run by hand* shows a report of an example.\n\nn8n calls it for runs by the clock, not for those started by hand.',
		{ rows: 2, colour: 6 },
	);
	canvas.note(
		2,
		0,
		2,
		'## Once an hour\nThe same trouble of the same workflow is told once an hour: an alarm that repeats every 15 minutes is switched off. A failure of this workflow itself is not reported, so that it never calls itself.',
		{ colour: 5 },
	);
	canvas.note(
		4,
		0,
		2,
		'## What happened\nOnly what is named here leaves n8n: no parameters, no items, no credentials.',
		{ colour: 4 },
	);
	canvas.note(
		6,
		0,
		1,
		'## Who is told\nSwitched off: fill in **Settings**, choose an SMTP credential and activate the node. Or connect your chat.',
		{ rows: 2, colour: 3 },
	);
	const failed = canvas.place(0, 0, { name: 'A workflow failed', type: 'n8n-nodes-base.errorTrigger', version: 1 });
	const hand = canvas.place(0, 1, manual);
	const edit = canvas.place(1, 0, set(settingsName, settings, { executeOnce: true }));
	const sample = canvas.place(
		1,
		1,
		columns(
			'An example',
			Object.entries(example).map(([name, value]) => field(name, 'object', value)),
		),
	);
	const [others = ''] = canvas.line(2, 0, [
		onlyWhere('Of other workflows', '={{ $json.workflow?.id !== $workflow.id }}'),
		newOnly(
			'Once an hour',
			`={{ $json.workflow?.id }} {{ ${failure}.lastNodeExecuted }} {{ ${error}.message }} {{ $now.toFormat('yyyy-LL-dd HH') }}`,
			1_000,
		),
		columns('What happened', [
			field('workflow', 'string', "={{ $json.workflow?.name ?? 'A workflow' }}"),
			field('node', 'string', `={{ ${failure}.lastNodeExecuted ?? ${error}.node?.name ?? '' }}`),
			field('error', 'string', `={{ ${error}.message ?? 'n8n does not say why' }}`),
			field(
				'what_to_do',
				'string',
				`={{ ${hasCrashed} ? ${JSON.stringify(crashAdvice)} : (${error}.description ?? 'Open the run by its link: the node that failed is red.') }}`,
			),
			field(
				'when',
				'string',
				`={{ (${error}.timestamp ? DateTime.fromMillis(Number(${error}.timestamp)) : $now).toISO() }}`,
			),
			field('execution', 'string', `={{ ${failure}.id ?? '' }}`),
			field('link', 'string', `={{ ${failure}.url ?? '' }}`),
		]),
		columns(
			'Report',
			[
				field('subject', 'string', "={{ 'n8n: ' + $json.workflow + ' failed' }}"),
				field(
					'text',
					'string',
					"={{ [$json.workflow + ' failed' + ($json.node ? ' at \"' + $json.node + '\"' : '') + ' at ' + $json.when + '.', $json.error, $json.what_to_do, $json.link ? 'The run: ' + $json.link : ''].filter((line) => line).join('\\n\\n') }}",
				),
			],
			{ keep: true },
		),
	]);
	const mail = canvas.place(6, 0, {
		name: 'Send an e-mail',
		type: 'n8n-nodes-base.emailSend',
		version: 2.1,
		parameters: {
			fromEmail: `={{ ${ofSettings('mail_from')} }}`,
			toEmail: `={{ ${ofSettings('mail_to')} }}`,
			subject: '={{ $json.subject }}',
			emailFormat: 'text',
			text: '={{ $json.text }}',
			options: { appendAttribution: false },
		},
		disabled: true,
		notes: 'Off: needs addresses',
	});
	const chat = canvas.place(6, 1, passOn('Connect your chat here', 'Gets subject and text'));
	canvas.connect(failed, edit);
	canvas.connect(failed, others);
	canvas.connect(hand, edit);
	canvas.connect(hand, sample);
	canvas.connect(sample, others);
	for (const next of [mail, chat]) canvas.connect('Report', next);
	return canvas;
}
