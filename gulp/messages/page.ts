import { reasons } from '../../nodes/CytomicOrion/ioc/types';
import type { Message } from './collect';
import type { WorkflowStop } from './workflowStops';

const START = '<!-- Written by `npm run docs` from the sources: change those, not what follows. -->';

interface Area {
	title: string;
	about: string;
	holds: (file: string) => boolean;
}

/** The first area that fits has the message. */
const areas: readonly Area[] = [
	{
		title: 'Connection and sign-in',
		about: 'From the **Test** button of a credential, and from every node that uses it.',
		holds: (file) => /transport\/(signIn|connect)\.ts$|shared\/connection\.ts$|^credentials\//.test(file),
	},
	{
		title: 'What MISP answers',
		about: 'From every operation of MISP.',
		holds: (file) => file.startsWith('nodes/Misp/transport/answers/'),
	},
	{
		title: 'What Orion answers',
		about: 'From every operation of Cytomic Orion.',
		holds: (file) => file === 'nodes/CytomicOrion/transport/answer.ts',
	},
	{
		title: 'MISP Threat Sharing and its trigger',
		about: 'Found by the node itself, before or after it asks MISP.',
		holds: (file) => file.startsWith('nodes/Misp/'),
	},
	{
		title: 'Cytomic Orion and its trigger',
		about: 'Found by the node itself, before or after it asks Orion.',
		holds: (file) => file.startsWith('nodes/CytomicOrion/'),
	},
	{
		title: 'MISP to Orion Sync',
		about: 'From the node that streams from one to the other; what the two servers answer is above.',
		holds: (file) => file.startsWith('nodes/MispOrionSync/'),
	},
	{ title: 'Any node', about: 'From what all nodes share.', holds: () => true },
];

/** Messages that only pass on what another one says. */
const isPassedOn = ({ says, advice }: Message): boolean =>
	advice.length === 0 && says.every((wording) => wording.startsWith('…'));

/** The page with its written part kept, and the tables behind the mark made anew. */
export function withTables(page: string, messages: readonly Message[], stops: readonly WorkflowStop[]): string {
	const [written = ''] = page.split(START);
	return `${written.trimEnd()}\n\n${START}\n\n${tables(messages, stops)}`;
}

function tables(messages: readonly Message[], stops: readonly WorkflowStop[]): string {
	const told = messages.filter((message) => !isPassedOn(message));
	const areaOf = ({ file }: Message) => areas.find(({ holds }) => holds(file));
	const sections = areas.flatMap((area) => {
		const rows = new Set(told.filter((message) => areaOf(message) === area).map(row));
		if (rows.size === 0) return [];
		return [
			`### ${area.title}\n\n${area.about}\n\n| Message | What to do | Code |\n|---|---|---|\n${[...rows].sort(byWords).join('\n')}\n`,
		];
	});
	return `## Every message\n\nOne table for each place that they come from, in the order of the alphabet. "…" stands for what is filled in. The code\nis the short name of the case: results that list what was not done have it as their reason.\n\n${sections.join('\n')}
### Workflows that end in red

The last node of a workflow stops it so that you see that something is left.

| Workflow | Message |
|---|---|
${stops.map(({ workflow, message }) => `| \`${workflow}\` | ${cell(message)} |`).join('\n')}

### Why an IOC was not sent

In \`not_done\` of the results, with the status *skipped*. Nothing is wrong then.

| Reason | Means |
|---|---|
${Object.entries(reasons)
	.map(([reason, meaning]) => `| \`${reason}\` | ${cell(meaning)} |`)
	.join('\n')}
`;
}

const behindTheColon = 'What is behind the colon says why: look for it in these tables.';

const row = ({ says, advice, code }: Message): string =>
	`| ${says.map(cell).join('<br>')} | ${advice.map(cell).join('<br>') || behindTheColon} | ${/^\w+$/.test(code) ? `\`${code}\`` : ''} |`;

const cell = (text: string): string =>
	text.replace(/\s+/g, ' ').replace(/[|<*_`[\]]/g, (sign) => (sign === '<' ? '&lt;' : `\\${sign}`));

/** By the first letters, whatever stands before them. */
function byWords(a: string, b: string): number {
	const words = (text: string) => text.replace(/^\W+/u, '');
	return words(a).localeCompare(words(b), 'en');
}
