import type { Facts } from './facts';

/** Which permission of a MISP role an endpoint needs, first match wins. MISP itself only says that one is missing. */
const needs: ReadonlyArray<readonly [path: RegExp, permission: string]> = [
	[
		/\/taxonomies\/|\/(warninglists|objecttemplates)\/update|\/tags\/(edit|delete)|\/admin\/organisations\//,
		'site admin',
	],
	[/\/events\/(un)?publish|\/events\/alert/, 'publish'],
	[/\/tags\/(attach|remove)tag|\/(add|remove)tag(\/|$)|\/galaxies\/attachcluster|\/galaxy_clusters\/detach/, 'tagger'],
	[/\/tags\/add/, 'tag editor'],
	[/\/sightings\//, 'sighting'],
	[/\/galaxy_clusters\//, 'galaxy editor'],
	[/\/sharing_groups\//, 'sharing group'],
	[/\/decayingmodel\//, 'decaying'],
	[/\/warninglists\//, 'warninglist'],
	[/\/objecttemplates\//, 'object template'],
	[/\/(feeds|jobs|servers|noticelists|galaxies)(\/|$)/, 'site admin'],
	[/\/admin\//, 'admin'],
	[
		/\/(events|attributes|objects|objectreferences|eventreports|event_reports|shadow_attributes)\//,
		'add or modify (a read-only key has neither)',
	],
];

export function permissionFor(facts: Facts): string | undefined {
	return needs.find(([path]) => path.test(`/${facts.path}`))?.[1];
}
