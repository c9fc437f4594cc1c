import type { Facts } from './facts';
import { permissionFor } from './permissions';
import { isSignIn } from './redirects';

type Wording = string | ((facts: Facts) => string);

/** One situation: which answers it covers (all given conditions hold), and what it means to the analyst. */
export interface Situation {
	code: string;
	status?: readonly number[];
	/** MISP's words. */
	says?: RegExp;
	/** The path, lower case, with a leading slash. */
	at?: RegExp;
	method?: string;
	html?: boolean;
	unsaved?: boolean;
	also?: (facts: Facts) => boolean;
	message: Wording;
	advice: Wording;
	/** `later` where the same request may succeed by itself. */
	retry?: 'later';
}

const anyRedirect = [300, 301, 302, 303, 307, 308] as const;
const gateway = [502, 503, 504, 520, 521, 522, 523, 524] as const;

/** "Invalid event." → "event": what MISP could not find. */
function missing(facts: Facts): string {
	const noun =
		/^(?:invalid|no) ([a-z][a-z _-]{1,30}?)(?:[.,]| with | or | - |$)/i.exec(facts.words)?.[1] ??
		/^([a-z][a-z ]{1,30}?) (?:not found|doesn.t exist)/i.exec(facts.words)?.[1];
	return noun === undefined ? 'entry' : noun.toLowerCase();
}

const badGet = (facts: Facts): boolean => facts.method === 'GET';
const tagCalls = /\/tags\/(attachtagtoobject|removetagfromobject)/;
const lookUp =
	'Check the id or UUID. Entries that the key’s user may not see answer in the same way, so try a key of the owning organisation.';

/** First match wins: from what lies between n8n and MISP, over the key, to what was asked of MISP. */
export const situations: readonly Situation[] = [
	// Between n8n and MISP
	{
		code: 'rate_limited',
		status: [429],
		retry: 'later',
		message: 'This key has used up the number of requests its role may send for now.',
		advice: 'Wait for the period to end, lower the concurrency, or raise the rate limit of the role in MISP.',
	},
	{
		code: 'sign_in_page',
		status: anyRedirect,
		also: isSignIn,
		message: 'MISP sent its sign-in page instead of data.',
		advice:
			'MISP may be in maintenance mode, in which only administrators get in, or a proxy may drop the Accept or Authorization header on the way. Check the URL in the credential too, with any sub-path such as /misp.',
	},
	{
		code: 'feed_unreachable',
		status: anyRedirect,
		at: /\/feeds\/previewindex/,
		message: 'MISP could not read this feed from its source.',
		advice: 'Check the URL of the feed in MISP, and that the MISP server reaches it.',
	},
	{
		code: 'foreign_proposal',
		status: anyRedirect,
		at: /\/shadow_attributes\/accept/,
		message: 'This proposal is on an event of another organisation.',
		advice: 'Only the organisation that made the event, or a site admin, accepts its proposals.',
	},
	{
		code: 'moved',
		status: anyRedirect,
		message: (facts) =>
			facts.location === ''
				? 'The server answered with a redirect instead of data.'
				: `The server answered with a redirect to ${facts.location} instead of data.`,
		advice:
			'Put the final address of MISP, with https and any sub-path, into the credential. Credentials are not sent to another address.',
	},
	{
		code: 'unavailable',
		status: gateway,
		retry: 'later',
		message: 'MISP did not answer: the web server in front of it reports that it is down or too slow.',
		advice: 'Try again later. For large searches use smaller pages or narrower filters.',
	},
	{
		code: 'too_slow',
		status: [408, 425],
		retry: 'later',
		message: 'MISP gave up waiting for the request.',
		advice: 'Try again later, or send less at once.',
	},
	{
		code: 'too_large',
		status: [413],
		message: 'The request is larger than the web server in front of MISP takes.',
		advice: 'Send fewer attributes at once, or raise the limit of the web server.',
	},
	{
		code: 'proxy_sign_in',
		status: [401, 407],
		html: true,
		message: 'A web server in front of MISP asks for a sign-in of its own.',
		advice: 'Let requests with an API key pass, or set in the credential which header carries the key.',
	},
	{
		code: 'proxy_refused',
		status: [403],
		html: true,
		message: 'A web server or firewall in front of MISP refused the request.',
		advice: 'Allow n8n’s address and MISP’s API paths there.',
	},
	{
		code: 'wrong_url',
		status: [404],
		html: true,
		message: 'There is no MISP API at this address.',
		advice:
			'Check the URL in the credential: it is MISP’s start page without /events or /index, and with a sub-path such as /misp where there is one.',
	},
	{
		code: 'server_fault',
		html: true,
		retry: 'later',
		also: (facts) => facts.status >= 500,
		message: 'The server answered with a fault page instead of data.',
		advice: 'Try again later. If it stays so, look into the logs of MISP’s web server.',
	},
	{
		code: 'not_an_api',
		html: true,
		message: 'The server answered with a web page instead of data.',
		advice: 'Check the URL in the credential: it has to lead to MISP itself, past any sign-in portal.',
	},

	// The key
	{
		code: 'user_disabled',
		status: [401, 403],
		says: /authentication failed.*disabled/i,
		message: 'The user that this key belongs to is disabled in MISP.',
		advice: 'Enable the user in MISP, or use the key of another user.',
	},
	{
		code: 'key_rejected',
		status: [401, 403],
		says: /authentication failed|missing or invalid auth/i,
		message: 'MISP does not accept this API key.',
		advice:
			'The key is unknown, expired or incomplete. Create one in MISP under Auth Keys and paste all of it into the credential, without “Bearer” in front.',
	},
	{
		code: 'ip_not_allowed',
		status: [401, 403],
		says: /not possible to use this auth key from your ip/i,
		message: 'This API key may not be used from the address of this n8n.',
		advice: 'Add n8n’s address to the allowed IPs of the key in MISP.',
	},
	{
		code: 'key_rejected',
		status: [401],
		message: 'MISP does not accept this API key.',
		advice: 'Create a key in MISP under Auth Keys and paste all of it into the credential.',
	},
	{
		code: 'permission_missing',
		status: [403, 405],
		says: /do not have permission to use this functionality/i,
		message: (facts) => {
			const permission = permissionFor(facts);
			return permission === undefined
				? 'The role of this key’s user does not allow this.'
				: `The role of this key’s user lacks a permission for this: ${permission}.`;
		},
		advice: 'Use a key of a user whose role has it, or let a MISP administrator change the role.',
	},

	// Tags
	{
		code: 'foreign_event_tag',
		says: /only the organisation that has created the data/i,
		message: 'The event belongs to another organisation, so this key may not change its global tags.',
		advice: 'Use a local tag: it stays on this MISP and leaves the event published.',
	},
	{
		code: 'local_only_tag',
		says: /can only be set as a local tag/i,
		message: 'This tag may only be set as a local tag.',
		advice: 'Switch the operation to local tags.',
	},
	{
		code: 'tag_creation_denied',
		says: /tag not found and insufficient privileges/i,
		message: 'There is no such tag yet, and this key may not create tags.',
		advice: 'Let a user with the tag editor permission create the tag once, or enable the taxonomy that has it.',
	},
	{
		code: 'tag_not_attached',
		says: /not attached to the target|invalid (event|attribute) - tag combination/i,
		message: 'The tag was not attached.',
		advice:
			'Nothing to do, unless the tag is attached as local and was to be removed as global, or the other way round.',
	},
	{
		code: 'tag_already_attached',
		says: /tag is already attached/i,
		unsaved: true,
		message: 'The tag was attached already.',
		advice: 'Nothing to do.',
	},
	{
		code: 'tag_exclusive',
		says: /taxonomy exclusivity/i,
		message: 'The taxonomy allows one of its tags only, and another one is attached.',
		advice: 'Remove the other tag of this taxonomy first.',
	},
	{
		code: 'tags_partly_added',
		says: /tags could not be added\. however/i,
		message: (facts) => `Some of the attributes did not get the tag: ${facts.words}`,
		advice: 'Mostly these had the tag before. A tag of the same exclusive taxonomy stands in the way too.',
	},
	{
		code: 'tag_not_added',
		says: /tags? could not be added/i,
		message: 'The tag was not added.',
		advice: 'It was attached before, or the taxonomy allows one of its tags only and another one is attached.',
	},
	{
		code: 'unknown_tag',
		says: /^invalid tag\b/i,
		at: /\/(tags\/removetagfromobject|(events|attributes)\/(add|remove)tag)/,
		message: 'MISP has no tag of this name.',
		advice: 'Check the spelling, upper and lower case included. Tags of a taxonomy exist once they are enabled.',
	},
	{
		code: 'tag_missing',
		says: /^invalid tag\b/i,
		at: /\/tags\/attachtagtoobject/,
		message: 'No tag was named.',
		advice: 'Give the tag by its name or id.',
	},
	{
		code: 'malformed_uuid',
		status: [500],
		at: tagCalls,
		message: 'MISP broke off: most likely the UUID is malformed.',
		advice: 'Give the UUID of an event or attribute in the form 8-4-4-4-12. Numeric ids are not taken here.',
	},
	{
		code: 'malformed_uuid',
		says: /invalid object uuid/i,
		message: 'The UUID of the event or attribute is missing or malformed.',
		advice: 'Give the UUID in the form 8-4-4-4-12.',
	},
	{
		code: 'not_found',
		status: [404],
		at: tagCalls,
		message: 'No event or attribute with this UUID is visible to this key.',
		advice: 'Check the UUID. Objects cannot be tagged, and hidden entries answer in the same way.',
	},

	// Writing
	{
		code: 'blocklisted',
		says: /event blocked by event blocklist/i,
		message: 'An event with this UUID was deleted before, and MISP keeps it out since.',
		advice: 'Remove the UUID from the event blocklist in MISP, or send the event with a new UUID.',
	},
	{
		code: 'duplicate_event',
		says: /event already exists/i,
		message: (facts) => {
			const id = /\/events\/(?:view\/)?([\w-]+)\/?$/i.exec(facts.location)?.[1];
			return id === undefined
				? 'An event with this UUID exists already.'
				: `An event with this UUID exists already, as event ${id}.`;
		},
		advice: 'Update that event, or send the new one with another UUID.',
	},
	{
		code: 'duplicate_attribute',
		says: /similar attribute already exists/i,
		message: 'The event has this attribute already.',
		advice: 'Same type, category and value count as the same attribute: update the one that is there.',
	},
	{
		code: 'duplicate_object',
		says: /duplicate object found/i,
		message: 'The event has an object with the same content already.',
		advice: 'Update that object, or allow duplicates.',
	},
	{
		code: 'stale_edit',
		says: /not newer than the local copy/i,
		message: 'The change carries a timestamp that is not newer than what MISP has.',
		advice: 'Leave the timestamp out, or read the entry again and send its change with a newer one.',
	},
	{
		code: 'not_published',
		says: /(permission to do that|not authori[sz]ed to do that)/i,
		at: /\/events\/(publish|alert|unpublish)/,
		message:
			'This key may not publish or unpublish this event: it belongs to another organisation, or the role lacks the permission.',
		advice: 'Use a key of the organisation that made the event with the publish permission, or of a site admin.',
	},
	{
		code: 'foreign_event',
		says: /(permission to do that|not authori[sz]ed to do that|insufficient permissions to (edit|delete) this)/i,
		message: 'This belongs to another organisation, so this key may not change it.',
		advice: 'Use a key of the organisation that made it, or of a site admin; or send a proposal instead.',
	},
	{
		code: 'target_elsewhere',
		says: /target has to be within the same event/i,
		message: 'The target of the reference is in another event.',
		advice: 'Objects refer to objects and attributes of their own event, or of one that it extends.',
	},
	{
		code: 'event_not_deleted',
		says: /event was not deleted/i,
		message: 'The event was not deleted.',
		advice: 'It is unknown, hidden from this key or belongs to another organisation.',
	},
	{
		code: 'event_not_found',
		says: /could not find the local event/i,
		message: 'MISP found no event for this change.',
		advice: 'The UUID in the data has to be that of the event that is changed: leave it out.',
	},
	{
		code: 'sharing_group',
		says: /invalid sharing group/i,
		status: [403, 405],
		message: 'This sharing group is unknown or closed to this key.',
		advice: 'Choose one the key’s organisation is part of. Distribution “sharing group” needs one.',
	},
	{
		code: 'sighting_refused',
		at: /\/sightings\/add/,
		says: /could not add the sighting/i,
		status: [200],
		message: (facts) =>
			/invalid type/i.test(facts.words)
				? 'MISP does not know this type of sighting.'
				: 'No attribute fits this sighting.',
		advice: (facts) =>
			/invalid type/i.test(facts.words)
				? 'Use 0 (seen), 1 (false positive) or 2 (expiration).'
				: 'Give the value, id or UUID of an attribute that is visible to this key; events have no sightings of their own.',
	},
	{
		code: 'not_found',
		status: [403],
		says: /^(invalid taxonomy|galaxy not found|organi[sz]ation .*not found)/i,
		message: (facts) => `There is no such ${missing(facts)}, or this key may not see it.`,
		advice: lookUp,
	},
	{
		code: 'invalid',
		says: /^could not (save|add) the (proposal|tag)\b/i,
		message: (facts) =>
			`MISP refused the values: ${facts.words.replace(/^[^[]*\[/, '[').replace(/\[(\w+)\]:/g, '$1:')}`,
		advice: 'Correct the field that is named.',
	},
	{
		code: 'wrong_method',
		status: [403, 405],
		says: /via (a )?post|post requests?|expects a post|method not allowed|via ajax|post or delete/i,
		message: (facts) => `MISP does not take this call as ${facts.method}.`,
		advice: (facts) => (facts.method === 'POST' ? 'This call is for MISP’s own web pages only.' : 'Send it as POST.'),
	},
	{
		code: 'invalid',
		status: [403],
		also: (facts) => facts.errors !== '',
		message: (facts) => `MISP refused the values: ${facts.errors}`,
		advice: (facts) =>
			/category/i.test(facts.errors)
				? 'Correct the field that is named. Each attribute needs a category that its type may have.'
				: 'Correct the field that is named.',
	},
	{
		code: 'in_use',
		status: [403],
		at: /\/delete\//,
		unsaved: true,
		message: 'MISP did not delete it.',
		advice: 'Something still uses it: users of an organisation or role, events of a sharing group.',
	},

	// Feeds and jobs
	{
		code: 'feed_disabled',
		status: [200],
		at: /\/feeds\/fetch/,
		says: /not enabled/i,
		message: 'The feed is not enabled, so nothing was fetched.',
		advice: 'Enable the feed in MISP, or with this node’s feed operation “enable”.',
	},
	{
		code: 'feed_fetch_failed',
		status: [200],
		at: /\/feeds\/fetch/,
		says: /has failed/i,
		message: 'MISP could not fetch this feed.',
		advice: 'Check the URL of the feed, and that the MISP server reaches it. MISP’s logs have the reason.',
	},
	{
		code: 'feed_without_url',
		status: [500],
		at: /\/feeds\/(add|edit)/,
		message: 'MISP broke off while saving the feed: most likely its URL is missing.',
		advice: 'Give name, provider and URL.',
	},
	{
		code: 'feed_not_found',
		status: [404, 405],
		at: /\/feeds\//,
		says: /invalid feed/i,
		message: 'There is no such feed, or this key may not see it.',
		advice: 'Check the id. Keys of users who are not site admin see no feeds.',
	},
	{
		code: 'jobs_off',
		status: [404],
		says: /background jobs are not enabled/i,
		message: 'Background jobs are off on this MISP.',
		advice: 'Nothing to do: MISP then finishes feeds and publishing before it answers.',
	},

	// How it was asked
	{
		code: 'malformed_json',
		says: /invalid json input/i,
		message: 'MISP could not read the request as JSON.',
		advice: 'Check the JSON in the body. MISP refuses it, so as not to search without filters.',
	},
	{
		code: 'search_by_get',
		status: [400],
		says: /using get and no parameters/i,
		message: 'MISP takes searches as POST with a JSON body.',
		advice: 'Send the search as POST.',
	},
	{
		code: 'unknown_format',
		says: /invalid output format/i,
		message: 'MISP does not offer this format here.',
		advice:
			'Formats differ between attributes, events and objects, and between versions of MISP. JSON and CSV are in all for attributes and events.',
	},
	{
		code: 'empty_request',
		says: /no valid (event )?data received|^invalid input|no event id set|you must specify a message|modules not set|no module chosen/i,
		message: (facts) => `MISP misses something in the request: ${facts.words}`,
		advice: 'Fill in the required fields.',
	},
	{
		code: 'no_such_endpoint',
		status: [404],
		says: /^not found$/i,
		message: 'This MISP has no such call.',
		advice: 'Check the path, and the version of MISP: older ones lack some calls.',
	},
	{
		code: 'sighting_id',
		status: [400],
		at: /\/sightings\/restsearch/,
		says: /invalid id/i,
		message: 'MISP takes the id here as a whole number only, and knows none such.',
		advice: 'Give the id as a number, or search by UUID.',
	},
	{
		code: 'not_found',
		status: [404, 405],
		says: /^(invalid|no .* exists|.*not found|.*doesn.t exist|unknown)/i,
		message: (facts) => `There is no such ${missing(facts)}, or this key may not see it.`,
		advice: (facts) =>
			/\/attributes\/view/.test(`/${facts.path}`) ? `${lookUp} Deleted attributes are only found by a search.` : lookUp,
	},
	{
		code: 'not_found',
		status: [404],
		message: 'There is no such entry, or this key may not see it.',
		advice: lookUp,
	},

	// Inside a 200
	{
		code: 'not_found',
		unsaved: true,
		says: /^(invalid|warninglist.*not found)/i,
		message: (facts) => `There is no such ${missing(facts)}, or this key may not see it.`,
		advice: lookUp,
	},
	{
		code: 'refused',
		unsaved: true,
		message: (facts) =>
			facts.words === '' ? 'MISP did not do it and gave no reason.' : `MISP did not do it: ${facts.words}`,
		advice: 'Check the values, and what the role of the key allows.',
	},

	// MISP's own faults
	{
		code: 'export_broke',
		status: [500],
		at: /\/restsearch/,
		message: 'MISP broke off while searching or converting.',
		advice:
			'STIX, YARA, ATT&CK and context formats need libraries that this server may lack: try JSON. On object searches “deleted” takes one value only.',
	},
	{
		code: 'modules_down',
		status: [500],
		at: /\/(modules|events\/enrichevent|events\/queryenrichment)/,
		message: 'MISP’s module server does not answer.',
		advice: 'Start misp-modules, and check the Enrichment settings of MISP.',
	},
	{
		code: 'wrong_method',
		status: [500],
		also: badGet,
		at: /\/(publish|unpublish|alert|delete|enable|disable|update|importfeeds|loaddefaultfeeds|enrichevent)/,
		message: 'MISP broke off: it takes this call as POST only.',
		advice: 'Send it as POST.',
	},
	{
		code: 'proposal_broke',
		status: [500],
		at: /\/shadow_attributes\//,
		message: 'MISP broke off over this proposal.',
		advice: 'The proposal is unknown or settled already, or its type or category is not one MISP knows.',
	},
	{
		code: 'incomplete',
		status: [500],
		at: /\/(add|edit|import|attachcluster|togglerequired|toggleenable)(\/|$)/,
		message: 'MISP broke off while saving: most likely a required field is missing or has an impossible value.',
		advice: 'Compare the fields with what MISP’s own page asks for. MISP’s log has the reason.',
	},
	{
		code: 'server_fault',
		retry: 'later',
		also: (facts) => facts.status >= 500,
		message: 'MISP ran into a fault of its own.',
		advice: 'Try again later. If it stays so, MISP’s log has the reason.',
	},

	// Whatever is left
	{
		code: 'forbidden',
		status: [403],
		message: (facts) => (facts.words === '' ? 'MISP does not allow this.' : `MISP does not allow this: ${facts.words}`),
		advice: 'Check what the role of the key allows, and which organisation the entry belongs to.',
	},
	{
		code: 'refused',
		also: (facts) => facts.status >= 400 || facts.status < 200,
		message: (facts) => (facts.words === '' ? 'MISP refused the request.' : `MISP refused the request: ${facts.words}`),
		advice: 'Check the values that were sent.',
	},
];
