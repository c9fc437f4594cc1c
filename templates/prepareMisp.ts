import type { INodeParameters } from 'n8n-workflow';
import { begin } from './begin';
import { Canvas } from './canvas';
import type { NodeSpec } from './canvas';
import { misp, schedule, set } from './nodes';
import { renewedMark } from './renewal';
import { controlTags, defaults, ofSettings, settingsName } from './settings';
import { columns, field, onlyWhere, splitOut } from './tables';

/** What the checklist says of one point. The texts are expressions without their braces. */
interface Point {
	point: string;
	ready: string;
	state: string;
	/** '' where nothing is left to do. */
	todo: string;
}

/** Done once, whatever came before; what goes wrong becomes an item with `error` and, as advice, `message`. */
const step = (name: string, resource: string, operation: string, parameters: INodeParameters = {}): NodeSpec =>
	misp(name, resource, operation, parameters, {
		executeOnce: true,
		alwaysOutputData: true,
		onError: 'continueRegularOutput',
	});

const result = (node: string): string => `$('${node}').first().json`;

/** How many a node gave of which this is true. An item without an id stands for none, or for an error. */
const howMany = (node: string, condition = 'item.json.id !== undefined'): string =>
	`$('${node}').all().filter((item) => ${condition}).length`;

/** "It could not be enabled: why and what to do", where the step failed. */
const unless = (node: string, words: string, otherwise = "''"): string =>
	`${result(node)}.error ? '${words}: ' + ${result(node)}.error + ' ' + (${result(node)}.message ?? '') : ${otherwise}`;

const judge = ({ point, ready, state, todo }: Point): NodeSpec =>
	columns(
		point,
		[
			field('point', 'string', point),
			field('ready', 'boolean', `={{ ${ready} }}`),
			field('state', 'string', `={{ ${state} }}`),
			field('to_do', 'string', `={{ ${todo} }}`),
		],
		{ once: true },
	);

const updateMisp = "'MISP has none: update MISP itself with its submodules, then run this again.'";

const objectTemplates: NodeSpec[] = [
	step('Update object templates', 'objectTemplate', 'updateAll'),
	step('Object templates now', 'objectTemplate', 'getMany', { returnAll: true }),
	judge({
		point: 'Object templates',
		ready: `${howMany('Object templates now')} > 0`,
		state: `${howMany('Object templates now')} + ' templates'`,
		todo: unless(
			'Update object templates',
			'They could not be brought up to date',
			`${howMany('Object templates now')} > 0 ? '' : ${updateMisp}`,
		),
	}),
];

const taxonomies: NodeSpec[] = [
	step('Update taxonomies', 'taxonomy', 'updateAll'),
	step('Taxonomies now', 'taxonomy', 'getMany', { returnAll: true }),
	judge({
		point: 'Taxonomies',
		ready: `${howMany('Taxonomies now')} > 0`,
		state: `${howMany('Taxonomies now')} + ' taxonomies, ' + ${howMany('Taxonomies now', 'item.json.enabled')} + ' enabled'`,
		todo: unless(
			'Update taxonomies',
			'They could not be brought up to date',
			`${howMany('Taxonomies now')} > 0 ? '' : ${updateMisp}`,
		),
	}),
];

const orionTaxonomy = { taxonomy: { __rl: true, mode: 'id', value: 'cytomic-orion' } };
const orionNow = result('Taxonomy cytomic-orion now');
const missingTags = `(${orionNow}.tags ?? []).filter((entry) => !entry.exists).map((entry) => entry.tag)`;

const controlTaxonomy: NodeSpec[] = [
	step('Enable cytomic-orion', 'taxonomy', 'enableTags', { ...orionTaxonomy, tags: '', enableTaxonomy: true }),
	step('Taxonomy cytomic-orion now', 'taxonomy', 'get', orionTaxonomy),
	judge({
		point: 'Taxonomy cytomic-orion',
		ready: `Boolean(${orionNow}.enabled) && ${missingTags}.length === 0`,
		state: `${orionNow}.error ?? (${orionNow}.enabled ? 'enabled' : 'not enabled') + (${missingTags}.length === 0 ? ', its tags exist' : ', missing tags: ' + ${missingTags}.join(', '))`,
		todo: unless('Enable cytomic-orion', 'It could not be enabled'),
	}),
];

const createTag = (name: string, tag: string, colour: string): NodeSpec =>
	step(name, 'tag', 'create', { name: `={{ ${tag} }}`, fields: { colour } });

const tagState = (node: string): string =>
	`(${result(node)}.name === undefined ? ' is missing' : ${result(node)}.created ? ' was created' : ' is there')`;

/** Node, name and colour of each tag that the workflows themselves need. The next mark of renewal is there before its period begins. */
const ownTags = [
	['Create tag uploaded', ofSettings('uploaded_tag'), '#00875a'],
	['Create tag not-uploaded', ofSettings('not_uploaded_tag'), '#8993a4'],
	['Create tag deleted', ofSettings('deleted_tag'), '#42526e'],
	['Create tag publish-again', ofSettings('publish_again_tag'), '#ff8b00'],
	['Create tag enrich', ofSettings('enrich_tag'), '#0065ff'],
	['Create tag renewed', renewedMark(), '#57d9a3'],
	['Create tag renewed next', renewedMark(1), '#57d9a3'],
] as const;

const stateTags: NodeSpec[] = [
	...ownTags.map(([node, tag, colour]) => createTag(node, tag, colour)),
	judge({
		point: 'State tags',
		ready: ownTags.map(([node]) => `${result(node)}.name !== undefined`).join(' && '),
		state: ownTags.map(([node, tag]) => `${tag} + ${tagState(node)}`).join(" + ', ' + "),
		todo: ownTags.reduceRight((otherwise, [node]) => unless(node, 'It could not be created', otherwise), "''"),
	}),
];

/** True where a warninglist's name is one of those in Settings. */
const isWanted = (name: string): string =>
	`(${ofSettings('warninglists')} === 'all' || ${ofSettings('warninglists')}.toLowerCase().split(',').some((part) => part.trim() !== '' && ${name}.toLowerCase().includes(part.trim())))`;

const enableLists: NodeSpec[] = [
	step('Update warninglists', 'warninglist', 'updateAll'),
	step('Warninglists that are off', 'warninglist', 'getMany', { returnAll: true, only: 'disabled' }),
	onlyWhere('Those in Settings', `={{ $json.id !== undefined && ${isWanted('$json.name')} }}`),
	misp(
		'Enable warninglists',
		'warninglist',
		'enable',
		{ warninglist: { __rl: true, mode: 'id', value: '={{ $json.id }}' } },
		{ onError: 'continueRegularOutput' },
	),
];

const listsLeft = howMany(
	'Warninglists now',
	`item.json.id !== undefined && !item.json.enabled && ${isWanted('item.json.name')}`,
);
const listsOn = howMany('Warninglists now', 'item.json.enabled');

const warninglists: NodeSpec[] = [
	step('Warninglists now', 'warninglist', 'getMany', { returnAll: true }),
	judge({
		point: 'Warninglists',
		ready: `${listsOn} > 0 && ${listsLeft} === 0`,
		state: `${howMany('Warninglists now')} + ' lists, ' + ${listsOn} + ' enabled' + (${listsLeft} > 0 ? ', ' + ${listsLeft} + ' of those in Settings are not' : '')`,
		todo: unless(
			'Update warninglists',
			'They could not be brought up to date',
			`${listsLeft} > 0 ? 'Not all could be enabled: ' + ($('Enable warninglists').all().map((item) => item.json.error).find((error) => error) ?? 'run this again.') : ${listsOn} > 0 ? '' : 'None is enabled: choose some in Settings.'`,
		),
	}),
];

const feedCount = howMany('Feeds now');
const feedsOn = howMany('Feeds now', 'item.json.enabled');

const feeds: NodeSpec[] = [
	step('Load default feeds', 'feed', 'loadDefaults'),
	step('Feeds now', 'feed', 'getMany', { returnAll: true, only: 'all', simple: true }),
	judge({
		point: 'Feeds',
		ready: `${feedCount} > 0`,
		state: `${feedCount} > 0 ? ${feedCount} + ' feeds, ' + ${feedsOn} + ' enabled' : 'this key sees no feeds'`,
		todo: unless(
			'Load default feeds',
			'The default feeds could not be loaded',
			`${feedsOn} > 0 ? '' : 'None is enabled yet. Which are worth it? Run review-feeds, then enable them in MISP under Sync Actions > Feeds.'`,
		),
	}),
];

/** Title and text of each line's note, and its nodes. */
const lines: ReadonlyArray<readonly [note: string, nodes: NodeSpec[]]> = [
	[
		'## Object templates\nLoads the templates that came with MISP: feeds and files need them for their objects.',
		objectTemplates,
	],
	['## Taxonomies\nLoads the taxonomies that came with MISP. This enables none of them.', taxonomies],
	[
		'## The taxonomy cytomic-orion\nEnables it and creates its tags. With them people mark what is to be uploaded and what is to be deleted.',
		controlTaxonomy,
	],
	[
		'## The tags of the state\nWith them the workflows mark what is in Orion, what stayed out and what was renewed. A tag that is there already stays as it is.',
		stateTags,
	],
	['## Feeds\nAdds the public feeds that MISP knows, switched off. Which are worth it? *review-feeds* says so.', feeds],
];

export function prepareMisp(): Canvas {
	const canvas = new Canvas('Prepare MISP for Cytomic Orion');
	const start = begin(canvas, {
		title:
			'# Prepare MISP\nBrings MISP into the state that the other workflows expect, and ends in a checklist: what is ready, what is not, what to do. Run it as often as you like. Needs the key of a site admin.\n\n**Settings**: the tags of the state and the days of a renewal, as in the other workflows, and which warninglists to enable: *all*, or parts of their names, comma-separated.',
		when: schedule('Every Monday', { mondaysAt: 5 }),
		settings: set(settingsName, {
			uploaded_tag: controlTags.uploaded,
			not_uploaded_tag: controlTags.notUploaded,
			deleted_tag: controlTags.deleted,
			publish_again_tag: controlTags.publishAgain,
			enrich_tag: controlTags.enrich,
			renewed_tag: defaults.renewed_tag,
			refresh_days: defaults.refresh_days,
			warninglists: 'all',
		}),
	});
	canvas.note(2, 0, 1, '## MISP\nDoes it answer, and does the key get in? If not, the run stops here, in red.', {
		colour: 4,
	});
	const from = canvas.place(2, 0, misp('MISP version', 'server', 'getVersion', {}));
	canvas.connect(start, from);

	lines.forEach(([note, nodes], row) => {
		canvas.note(3, row, nodes.length, note, { colour: 4 });
		canvas.connect(from, canvas.line(3, row, nodes)[0] ?? '');
	});

	const listRow = lines.length;
	canvas.note(
		3,
		listRow,
		4,
		'## Warninglists\nLoads the lists that came with MISP, and enables those of **Settings**. What is on an enabled list is not uploaded: it would raise false alarms.',
		{ rows: 2, colour: 4 },
	);
	const [update = ''] = canvas.line(3, listRow, enableLists);
	const [listsNow = ''] = canvas.line(4, listRow + 1, warninglists);
	canvas.connect(from, update);
	canvas.connect(update, listsNow);

	const endRow = listRow + 2;
	const points = ['Object templates', 'Taxonomies', 'Taxonomy cytomic-orion', 'State tags', 'Warninglists', 'Feeds'];
	canvas.note(3, endRow, 3, '## Checklist\nOne item per point: `ready`, its `state`, and what is left `to_do`.', {
		colour: 3,
	});
	const [first = ''] = canvas.line(3, endRow, [
		columns('All points', [field('points', 'array', `={{ [${points.map((point) => result(point)).join(', ')}] }}`)], {
			once: true,
		}),
		splitOut('Checklist', 'points'),
		onlyWhere('Left to do', "={{ $json.to_do !== '' }}", 'Connect a notification here'),
	]);
	canvas.connect(from, first);
	return canvas;
}
