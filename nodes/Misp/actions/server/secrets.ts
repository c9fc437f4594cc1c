/** Settings whose value must not get into items, by how their names end. MISP masks some of them, but not those of its plugins. */
const secretEnding =
	/(password|passwd|passphrase|secret|salt|token|credentials|(api|access|auth|private|encryption|secret|user|app|shared|_)_?key)$/i;

export const isSecret = (setting: string): boolean => secretEnding.test(setting);

/** What is shown in place of a secret: that there is one, or that there is none. */
export const masked = (value: unknown): string =>
	value === '' || value === null || value === undefined ? '' : '••••••';
