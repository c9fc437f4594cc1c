/** One text for one IOC, to compare what was sent with what is held. Letter case means nothing in hashes and names. */
export function iocKey(type: string, value: string): string {
	return `${type}:${type === 'url' ? value : value.toLowerCase()}`;
}
