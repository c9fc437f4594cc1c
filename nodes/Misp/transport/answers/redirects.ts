import type { Facts } from './facts';

/**
 * MISP 2.5.1 ends some API calls with an empty 302 to a web page instead of an answer. Listed here is what each then means;
 * `verify` says how to make sure, where the same 302 is also sent when nothing was done.
 */
const redirects: ReadonlyArray<readonly [path: RegExp, verify: string | undefined]> = [
	[/\/objecttemplates\/update/, undefined],
	[/\/attributes\/restore\//, undefined],
	[/\/warninglists\/enablewarninglist\//, undefined],
	[/\/noticelists\/enablenoticelist\//, undefined],
	[/\/feeds\/toggleselected\//, undefined],
	[/\/decayingmodel\/(delete|import)/, undefined],
	[/\/feeds\/fetchselectedfromfreetextindex\//, undefined],
	[
		/\/feeds\/getevent\//,
		'MISP answers alike for an event the feed does not have and for a disabled feed: look the event up.',
	],
	[/\/taxonomies\/(disabletag|hidetag|unhidetag)/, 'MISP answers alike when nothing matched: look the tag up.'],
	[/\/taxonomies\/delete\//, 'MISP answers alike for an unknown taxonomy: look it up before deleting.'],
	[/\/warninglists\/delete\//, 'MISP answers alike for an unknown warninglist: look it up before deleting.'],
	[/\/galaxy_clusters\/detach\//, 'MISP answers alike for a cluster that was not attached: look the tags up.'],
];

/** Undefined where the redirect does not stand for a success. */
export function successfulRedirect(facts: Facts): { verify?: string } | undefined {
	const emptyRedirect = facts.status === 302 && !facts.html && !isSignIn(facts);
	if (!emptyRedirect) return undefined;
	const found = redirects.find(([path]) => path.test(`/${facts.path}`));
	if (!found) return undefined;
	return found[1] === undefined ? {} : { verify: found[1] };
}

export function isSignIn(facts: Facts): boolean {
	return /\/users\/login\/?$/i.test(facts.location);
}
