import type { ICredentialType } from 'n8n-workflow';
import type { BuiltPackage } from '../builtPackage';
import { credentialSection, nodeSection, type Section, slug } from './node';

/** docs/nodes.md: every node, resource, operation and field, taken from what n8n itself shows of them. */
export function nodesPage({ nodes, credentials }: BuiltPackage): string {
	const typeNamed = (name: string): ICredentialType => {
		const found = credentials.get(name);
		if (!found) throw new Error(`A node asks for the credential "${name}", which the package does not have`);
		return found.type;
	};
	const sections: Section[] = [
		...[...nodes.values()].map(({ description }) =>
			nodeSection(
				description,
				(description.credentials ?? []).map(({ name }) => typeNamed(name)),
			),
		),
		{
			title: 'Credentials',
			hint: '',
			lines: ['What each kind of credential asks for. Its **Test** button says what is wrong.'],
			parts: [...credentials.values()].map(({ type }) => credentialSection(type)),
		},
	];
	return [
		'# Nodes',
		'',
		'<!-- Written by `npm run docs` from the descriptions of the nodes: change those, not this page. -->',
		'',
		'Every field of every node, with the names that the panel shows. Click an operation to see its fields.',
		'',
		...sections.flatMap(contents),
		'',
		...sections.flatMap((section) => body(section, 2)),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
}

const link = ({ title, hint }: Section): string =>
	`[${title.replace(/^.*: /, '')}](#${slug(title)})${hint === '' ? '' : `: ${hint}`}`;

const contents = (section: Section): string[] => [
	`- **${link(section)}**`,
	...section.parts.map((part) => `  - ${link(part)}`),
];

const body = ({ title, lines, parts }: Section, level: number): string[] => [
	`${'#'.repeat(level)} ${title}`,
	'',
	...lines,
	'',
	...parts.flatMap((part) => body(part, level + 1)),
];
