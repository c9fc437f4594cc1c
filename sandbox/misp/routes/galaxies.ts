import { isRecord } from '../../json';
import {
	internal,
	JSON_TYPE,
	MispError,
	notAllowed,
	notFound,
	ok,
	redirect,
	refused,
	saved,
	type Answer,
} from '../answers';
import { maySee, tagRight } from '../auth';
import { fields, textOf, type Call, type Controller } from '../call';
import { asList, isOn, parseChoice, parsePage } from '../filters';
import { clusterHead, clusterTag, galaxyShape, type Galaxy, type GalaxyCluster } from '../galaxies';
import { organisationShape } from '../organisationShape';
import { formatOf, searched, searchHeaders, searchParams, unknownFormat } from '../searching';
import { eventOf, type TagTarget } from '../tagTarget';

function index(call: Call): Answer {
	const word = (textOf(fields(call)['value']) ?? call.named['value'] ?? '').toLowerCase();
	return ok(
		call.server.galaxies.galaxies
			.filter(({ name, type, description }) => `${name} ${type} ${description}`.toLowerCase().includes(word))
			.map((galaxy) => ({ Galaxy: galaxyShape(galaxy) })),
	);
}

function pick(call: Call, message = 'Invalid galaxy.'): Galaxy {
	const galaxy = call.server.galaxies.find(call.args[0]);
	if (!galaxy) throw notFound(message);
	return galaxy;
}

function view(call: Call): Answer {
	const galaxy = pick(call, 'Invalid Galaxy.');
	const clusters = call.server.galaxies.clusters.filter((cluster) => cluster.galaxy === galaxy && !cluster.deleted);
	return ok({
		Galaxy: galaxyShape(galaxy),
		GalaxyCluster: clusters.map((cluster) => ({
			...clusterHead(cluster),
			GalaxyElement: elements(cluster),
			GalaxyClusterRelation: [],
		})),
	});
}

function setEnabled(enabled: boolean) {
	return (call: Call): Answer => {
		pick(call).enabled = enabled;
		return saved(enabled ? 'Galaxy enabled' : 'Galaxy disabled', '/galaxies/toggle');
	};
}

function remove(call: Call): Answer {
	call.server.galaxies.delete(pick(call));
	return saved('Galaxy deleted', '/galaxies/delete');
}

// Attaching

function targetOf(call: Call, kind: string | undefined): TagTarget {
	const { store } = call.server;
	const [wanted = ''] = call.args;
	if (kind === 'event') {
		const event = store.event(wanted);
		if (!event || !maySee(call.user, event)) throw notFound('Invalid event.');
		return { kind: 'event', event };
	}
	if (kind !== 'attribute') throw internal();
	const attribute = store.attribute(wanted);
	if (!attribute || !maySee(call.user, attribute.event)) throw notFound('Invalid attribute.');
	return { kind: 'attribute', attribute };
}

/** `{"Galaxy": {"target_id": <cluster's number>}}`: neither a UUID nor a body without the wrapper will do. */
function attachCluster(call: Call): Answer {
	const wrapper = isRecord(call.body) ? call.body['Galaxy'] : undefined;
	const wanted = isRecord(wrapper) ? textOf(wrapper['target_id']) : undefined;
	const [, kind] = call.args;
	const target = kind === 'event' || kind === 'attribute' ? targetOf(call, kind) : undefined;
	const cluster = call.server.galaxies.clusters.find(({ id }) => String(id) === wanted);
	if (!cluster) throw notFound('Invalid Galaxy cluster');
	if (!target) throw internal();
	const local = isOn(call.named['local']);
	if (tagRight(call.user, eventOf(target), local) !== 'allowed')
		throw new MispError(403, 'No permission to attach this cluster to given target.');
	const attached = call.server.store.attach(target, clusterTag(call.server.store, cluster), local);
	return ok({
		saved: true,
		success: attached ? 'Cluster attached.' : 'Cluster already attached.',
		check_publish: true,
	});
}

// Importing and exporting

function exportGalaxy(call: Call): Answer {
	const galaxy = pick(call, 'Galaxy not found.');
	const clusters = call.server.galaxies.clusters.filter((cluster) => cluster.galaxy === galaxy);
	return ok(
		clusters.map((cluster) => ({
			GalaxyCluster: {
				...clusterHead(cluster),
				Galaxy: galaxyShape(galaxy),
				GalaxyElement: elements(cluster),
			},
		})),
	);
}

function importClusters(call: Call): Answer {
	const counts = { imported: 0, ignored: 0, failed: 0 };
	const reasons: string[] = [];
	for (const one of Array.isArray(call.body) ? call.body : [call.body]) {
		const given: unknown = isRecord(one) ? one['GalaxyCluster'] : undefined;
		const galaxy = isRecord(given)
			? call.server.galaxies.galaxies.find(({ type }) => type === given['type'])
			: undefined;
		if (!isRecord(given) || !galaxy) {
			counts.failed++;
			reasons.push('Galaxy not found');
			continue;
		}
		const known = call.server.galaxies.findCluster(given['uuid']);
		const version = textOf(given['version']) ?? '1';
		if (known && Number(version) <= Number(known.version)) {
			counts.ignored++;
			reasons.push(`Remote version is not newer than local one for cluster (${known.uuid})`);
		} else {
			counts.imported++;
			if (known) assign(known, given, version);
			else
				assign(
					call.server.galaxies.addCluster({
						galaxy,
						value: textOf(given['value']) ?? '',
						org: call.user.org,
						...(textOf(given['uuid']) === undefined ? {} : { uuid: textOf(given['uuid']) ?? '' }),
					}),
					given,
					version,
				);
		}
	}
	const text = `${counts.imported} imported, ${counts.ignored} ignored, ${counts.failed} failed. ${reasons.join(', ')}`;
	if (counts.failed > 0 && counts.imported === 0)
		return refused('Could not import Galaxy', '/galaxies/import', `Could not import galaxy clusters. ${text}`);
	return saved(`Galaxy clusters imported. ${text}`, '/galaxies/import');
}

export const galaxies: Controller = {
	index: { run: index },
	view: { run: view },
	update: { needs: 'site_admin', run: () => saved('Galaxies updated.', '/galaxies/update') },
	enable: { needs: 'site_admin', run: setEnabled(true) },
	disable: { needs: 'site_admin', run: setEnabled(false) },
	delete: { needs: 'site_admin', run: remove },
	attachCluster: { needs: 'tagger', run: attachCluster },
	export: { run: exportGalaxy },
	import: { needs: 'galaxy_editor', run: importClusters },
};

// Clusters

function elements({ id, elements: list }: GalaxyCluster) {
	return list.map(({ key, value }, position) => ({
		id: String(id * 100 + position),
		galaxy_cluster_id: String(id),
		key,
		value,
	}));
}

function clusterShape(cluster: GalaxyCluster) {
	return {
		...clusterHead(cluster),
		Galaxy: galaxyShape(cluster.galaxy),
		GalaxyElement: elements(cluster),
		GalaxyClusterRelation: [],
		Org: organisationShape(cluster.org),
		Orgc: organisationShape(cluster.org),
	};
}

/** `GalaxyElement: [{key, value}]`, or the same as JSON text in `elements`. */
function elementsSent(given: Readonly<Record<string, unknown>>): GalaxyCluster['elements'] | undefined {
	const { elements: text, GalaxyElement: list } = given;
	const sent: unknown = typeof text === 'string' ? JSON.parse(text) : (list ?? text);
	if (sent === undefined) return undefined;
	return asList(sent).flatMap((one) =>
		isRecord(one) ? [{ key: textOf(one['key']) ?? '', value: textOf(one['value']) ?? '' }] : [],
	);
}

function assign(
	cluster: GalaxyCluster,
	given: Readonly<Record<string, unknown>>,
	version = String(Math.floor(Date.now() / 1000)),
): GalaxyCluster {
	cluster.value = textOf(given['value']) ?? cluster.value;
	cluster.description = textOf(given['description']) ?? cluster.description;
	cluster.source = textOf(given['source']) ?? cluster.source;
	if (given['authors'] !== undefined) cluster.authors = asList(given['authors']).map(String);
	cluster.elements = elementsSent(given) ?? cluster.elements;
	cluster.version = version;
	return cluster;
}

function clusterAdd(call: Call): Answer {
	const galaxy = call.server.galaxies.find(call.args[0]);
	if (!galaxy) return refused('Could not add GalaxyCluster', '/galaxy_clusters/add', 'Galaxy not found');
	const given = fields(call, 'GalaxyCluster');
	const value = textOf(given['value']);
	if (value === undefined) throw internal();
	return ok({
		GalaxyCluster: clusterShape(assign(call.server.galaxies.addCluster({ galaxy, value, org: call.user.org }), given)),
	});
}

function pickCluster(call: Call): GalaxyCluster {
	const cluster = call.server.galaxies.findCluster(call.args[0]);
	if (!cluster) throw notFound('Invalid galaxy cluster');
	return cluster;
}

function clusterIndex(call: Call): Answer {
	const galaxy = pick(call, 'Invalid Galaxy.');
	const params = { ...call.named, ...fields(call) };
	const context = textOf(params['context']) ?? 'all';
	const word = (textOf(params['searchall']) ?? '').toLowerCase();
	const found = call.server.galaxies.clusters.filter(
		(cluster) =>
			cluster.galaxy === galaxy &&
			cluster.deleted === (context === 'deleted') &&
			(context !== 'custom' || !cluster.isDefault) &&
			(context !== 'default' || cluster.isDefault) &&
			[cluster.value, cluster.description, ...cluster.elements.map(({ value }) => value)].some((text) =>
				text.toLowerCase().includes(word),
			),
	);
	return ok(found.map((cluster) => ({ GalaxyCluster: clusterHead(cluster) })));
}

/** `value` and `elements` are not looked at: the result is then wider than asked for. */
function clusterSearch(call: Call): Answer {
	const params = searchParams(call);
	const format = formatOf(params);
	if (format !== 'json') throw unknownFormat();
	const ids = parseChoice(params['id']);
	const uuids = parseChoice(params['uuid']);
	const galaxyIds = parseChoice(params['galaxy_id']);
	const galaxyUuids = parseChoice(params['galaxy_uuid']);
	const events = parseChoice(params['eventid']);
	const tagged =
		events &&
		new Set(
			events.any.flatMap(
				(id) => call.server.store.event(id)?.tags.map(({ tag }) => call.server.galaxies.ofTag(tag)) ?? [],
			),
		);
	const found = call.server.galaxies.clusters.filter(
		(cluster) =>
			!cluster.deleted &&
			(!ids || ids.any.includes(String(cluster.id))) &&
			(!uuids || uuids.any.includes(cluster.uuid)) &&
			(!galaxyIds || galaxyIds.any.includes(String(cluster.galaxy.id))) &&
			(!galaxyUuids || galaxyUuids.any.includes(cluster.galaxy.uuid)) &&
			(!tagged || tagged.size === 0 || tagged.has(cluster)) &&
			(!isOn(params['custom']) || !cluster.isDefault),
	);
	const paging = parsePage(params);
	const page =
		paging && paging.limit !== Infinity
			? found.slice((paging.page - 1) * paging.limit, paging.page * paging.limit)
			: found;
	return searched(
		{
			response: page.map((cluster) => ({
				GalaxyCluster: isOn(params['minimal'])
					? { uuid: cluster.uuid, version: cluster.version }
					: clusterShape(cluster),
			})),
		},
		JSON_TYPE,
		searchHeaders(format, format, { resultCount: page.length }),
	);
}

function clusterDelete(call: Call): Answer {
	const cluster = pickCluster(call);
	const hard = isOn(call.args[1]);
	cluster.deleted = true;
	if (hard) call.server.galaxies.deleteCluster(cluster);
	return saved(
		hard
			? 'Galaxy cluster successfuly hard deleted and added to the block list.'
			: 'Galaxy cluster successfuly soft deleted.',
		`/galaxy_clusters/delete/${cluster.id}`,
		String(cluster.id),
	);
}

/** `/galaxy_clusters/detach/{target}/{event|attribute}/{tag}`: a redirect home, whatever came of it. */
function detach(call: Call): Answer {
	const [, kind, tagId] = call.args;
	const home = redirect(`${call.server.baseUrl}/`);
	const tag = call.server.store.tagById(Number(tagId));
	const target = targetOf(call, kind);
	if (tag) call.server.store.detach(target, tag);
	return home;
}

function publish(call: Call): Answer {
	const cluster = pickCluster(call);
	if (cluster.published) throw notAllowed('You can&#039;t publish a galaxy cluster that is already published');
	cluster.published = true;
	return saved('GalaxyCluster published', `/galaxy_clusters/publish/${cluster.id}`, String(cluster.id));
}

function change(action: 'unpublish' | 'restore', message: string, apply: (cluster: GalaxyCluster) => void) {
	return (call: Call): Answer => {
		const cluster = pickCluster(call);
		apply(cluster);
		return saved(message, `/galaxy_clusters/${action}/${cluster.id}`, String(cluster.id));
	};
}

export const galaxyClusters: Controller = {
	index: { run: clusterIndex },
	view: {
		run: (call) => ok({ GalaxyCluster: { ...clusterShape(pickCluster(call)), RelationshipInbound: [] } }),
	},
	restSearch: { run: clusterSearch },
	add: { needs: 'galaxy_editor', run: clusterAdd },
	edit: {
		needs: 'galaxy_editor',
		run: (call) => ok({ GalaxyCluster: clusterShape(assign(pickCluster(call), fields(call, 'GalaxyCluster'))) }),
	},
	delete: { needs: 'galaxy_editor', run: clusterDelete },
	detach: { needs: 'tagger', run: detach },
	publish: { needs: 'galaxy_editor', run: publish },
	unpublish: {
		needs: 'galaxy_editor',
		run: change('unpublish', 'GalaxyCluster unpublished', (cluster) => {
			cluster.published = false;
		}),
	},
	restore: {
		needs: 'galaxy_editor',
		run: change('restore', 'GalaxyCluster restored', (cluster) => {
			cluster.deleted = false;
		}),
	},
};
