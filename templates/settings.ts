import { set } from './nodes';

export const controlTags = {
	upload: 'cytomic-orion:action="upload"',
	delete: 'cytomic-orion:action="delete"',
	uploaded: 'cytomic-orion:state="uploaded"',
	notUploaded: 'cytomic-orion:state="not-uploaded"',
	deleted: 'cytomic-orion:state="deleted"',
	publishAgain: 'cytomic-orion:state="publish-again"',
	enrich: 'cytomic-orion:action="enrich"',
	renewed: 'cytomic-orion:renewed',
} as const;

/** What a user may change, in the one place of each workflow where it is changed. */
export const defaults = {
	upload_tag: controlTags.upload,
	delete_tag: controlTags.delete,
	uploaded_tag: controlTags.uploaded,
	not_uploaded_tag: controlTags.notUploaded,
	deleted_tag: controlTags.deleted,
	publish_again_tag: controlTags.publishAgain,
	/** any, low, medium or high: at least this severe. */
	minimum_severity: 'any',
	/** Creator organisations, comma-separated; all where it is empty. */
	organisations: '',
	ttl_days: 365,
	changed_within: '3d',
	/** What is renewed in Orion: the tag's name, to which each period adds its first day. */
	renewed_tag: controlTags.renewed,
	refresh_days: 90,
	events_per_run: 500,
} as const;

export type Setting = keyof typeof defaults;

/** Tags by which a workflow says in MISP what it did: whatever takes tags off, or looks for what is in Orion, needs all of them. */
export const stateTags = ['uploaded_tag', 'not_uploaded_tag', 'deleted_tag', 'publish_again_tag'] as const;

export const settingsName = 'Settings';

/** The value of a setting, inside an expression. */
export const ofSettings = (name: string): string => `$('${settingsName}').first().json.${name}`;

export const settings = (...names: Setting[]) =>
	set(settingsName, Object.fromEntries(names.map((name) => [name, defaults[name]])));

/** The value of a setting, for a parameter. */
export const setting = (name: Setting): string => `={{ ${ofSettings(name)} }}`;

/** Several settings as a list. */
export const settingList = (...names: Setting[]): string => `={{ [${names.map(ofSettings).join(', ')}] }}`;

/** A tag setting as the value of a tag locator. */
export const tagSetting = (name: Setting) => ({ __rl: true, mode: 'name', value: setting(name) });

/** The organisations as MISP's own search parameter; none where the setting is empty, since MISP would find nothing for an empty name. */
export const organisationFilter = `={{ JSON.stringify(${ofSettings('organisations')} ? { org: ${ofSettings('organisations')}.split(',').map((name) => name.trim()) } : {}) }}`;
