import { createHash } from 'node:crypto';

/** A stream of choices that is the same for the same seed: feeds must not change between two runs. */
export class Chance {
	private state: number;

	constructor(seed: string) {
		this.state = createHash('sha256').update(seed).digest().readUInt32LE(0);
	}

	/** A whole number from 0 to `below` - 1 (mulberry32). */
	below(below: number): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
	}

	pick<T>(choices: readonly [T, ...T[]]): T {
		return choices[this.below(choices.length)] ?? choices[0];
	}

	hex(digits: number): string {
		let made = '';
		while (made.length < digits) made += this.below(16).toString(16);
		return made;
	}
}

/** A version 4 UUID that is the same for the same name. */
export function uuidOf(name: string): string {
	const hex = createHash('md5').update(name).digest('hex');
	const variant = '89ab'.charAt(parseInt(hex.charAt(16), 16) % 4);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
