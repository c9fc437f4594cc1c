import { createHash } from 'node:crypto';

/** A GUID in capitals, as Orion prints them; the same for the same seed, so that runs can be compared. */
export function guid(seed: string): string {
	const digits = createHash('md5').update(seed).digest('hex').toUpperCase();
	return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
		'-',
	);
}
