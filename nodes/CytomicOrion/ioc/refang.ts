/**
 * Undoing what analysts do to a value so that nobody clicks on it: "hxxps[://]evil[.]example".
 * There is no standard; these are the marks that MISP's own free-text import and common tools use.
 */

const marks: ReadonlyArray<readonly [mark: RegExp, meaning: string]> = [
	[/\[\.\]|\(\.\)|\{\.\}|\\\./g, '.'],
	[/\[dot\]|\(dot\)|\{dot\}/gi, '.'],
	[/\[:\]/g, ':'],
	[/\[at\]|\(at\)|\[@\]/gi, '@'],
];

// Most values are clean, and one look at them is cheaper than four replacements.
const mayBeMarked = /[[({\\]/;

/** For hosts and addresses, in which none of these marks means anything else. */
export function refang(text: string): string {
	if (!mayBeMarked.test(text)) return text;
	return marks.reduce((clean, [mark, meaning]) => clean.replace(mark, meaning), text);
}

/** For what follows the host of a defanged URL: only the mark that such tools put on every dot. */
export const refangPath = (text: string): string => text.replace(/\[\.\]|\[dot\]/gi, '.');

const schemes: ReadonlyMap<string, string> = new Map([
	['hxxp', 'http'],
	['hxxps', 'https'],
	['fxp', 'ftp'],
	['fxps', 'ftps'],
]);

/** "hxxp" → "http"; takes and gives lower case. */
export const refangScheme = (scheme: string): string => schemes.get(scheme) ?? scheme;
