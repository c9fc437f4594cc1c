import { createHash } from 'crypto';

const length = 12;

/** A short stand-in for the identity of one version of something: 72 bits, so that a hundred thousand of them don't collide. */
export const fingerprint = (...parts: ReadonlyArray<string | number>): string =>
	createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, length);
