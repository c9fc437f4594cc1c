import { randomBytes } from 'node:crypto';
import { type Clock, SECOND } from './clock';

export interface Credentials {
	clientId: string;
	clientSecret: string;
	username: string;
	password: string;
}

/** A token answer as OAuth 2 has it; the vendor documents the access and the refresh token. */
export interface TokenAnswer {
	access_token: string;
	token_type: 'Bearer';
	expires_in?: number;
	refresh_token: string;
	scope: string;
}

export interface TokenRefusal {
	status: number;
	error: string;
	error_description: string;
}

/** When an access token stops working: by time, or after a number of API calls. */
export interface TokenLife {
	seconds?: number;
	calls?: number;
}

interface AccessToken {
	readonly expiresAt: number;
	callsLeft: number;
}

const SCOPE = 'orion.api';
/** The real lifetime is not public. */
const DEFAULT_SECONDS = 3600;

function refuse(status: number, error: string, description: string): TokenRefusal {
	return { status, error, error_description: description };
}

/** Issues and checks the tokens of the one application that the sandbox knows. */
export class Tokens {
	/** For tokens issued from now on. */
	expireAfter: TokenLife = {};
	/** Each new token makes the earlier ones useless: whether Orion does so is not known, so clients must bear both. */
	newTokenInvalidatesOld = false;
	/** `expires_in` in the answer: the vendor's page was not seen to promise it. */
	tellsExpiry = true;
	/** Tokens handed out so far. */
	issued = 0;

	private access = new Map<string, AccessToken>();
	private refresh = new Set<string>();

	constructor(
		private readonly credentials: Credentials,
		private readonly clock: Clock,
	) {}

	/** Every token becomes useless at once, refresh tokens too: the application was deleted and made anew. */
	revokeTokens(): void {
		this.access.clear();
		this.refresh.clear();
	}

	/** Whether an API call with this token may go ahead; counts the call. */
	accepts(token: string): boolean {
		const known = this.access.get(token);
		if (!known) return false;
		if (this.clock.now() >= known.expiresAt || known.callsLeft <= 0) {
			this.access.delete(token);
			return false;
		}
		known.callsLeft -= 1;
		return true;
	}

	/** `basic` is the Authorization header, `form` the parsed body of the token request. */
	grant(basic: string | undefined, form: URLSearchParams): TokenAnswer | TokenRefusal {
		if (!this.isClient(basic)) return refuse(401, 'invalid_client', 'Client authentication failed.');
		switch (form.get('grant_type')) {
			case 'password':
				return this.grantByPassword(form);
			case 'refresh_token':
				return this.grantByRefresh(form);
			case null:
				return refuse(400, 'invalid_request', 'The grant_type is missing.');
			default:
				return refuse(400, 'unsupported_grant_type', 'Only the password grant is supported.');
		}
	}

	private isClient(basic: string | undefined): boolean {
		const { clientId, clientSecret } = this.credentials;
		const encoded = /^Basic +(\S+)$/i.exec(basic ?? '')?.[1];
		return encoded !== undefined && Buffer.from(encoded, 'base64').toString('utf8') === `${clientId}:${clientSecret}`;
	}

	private grantByPassword(form: URLSearchParams): TokenAnswer | TokenRefusal {
		if (form.get('scope') !== SCOPE) return refuse(400, 'invalid_scope', 'The requested scope is invalid.');
		const { username, password } = this.credentials;
		if (form.get('username') !== username || form.get('password') !== password) {
			return refuse(400, 'invalid_grant', 'The user name or password is incorrect.');
		}
		return this.issue();
	}

	/** Documented: the refresh token buys a new access token and a new refresh token, and is spent by it. */
	private grantByRefresh(form: URLSearchParams): TokenAnswer | TokenRefusal {
		if (!this.refresh.delete(form.get('refresh_token') ?? '')) {
			return refuse(400, 'invalid_grant', 'The refresh token is invalid.');
		}
		return this.issue();
	}

	private issue(): TokenAnswer {
		if (this.newTokenInvalidatesOld) this.revokeTokens();
		const { seconds = DEFAULT_SECONDS, calls = Infinity } = this.expireAfter;
		const answer: TokenAnswer = {
			access_token: randomBytes(32).toString('base64url'),
			token_type: 'Bearer',
			...(this.tellsExpiry && { expires_in: seconds }),
			refresh_token: randomBytes(32).toString('base64url'),
			scope: SCOPE,
		};
		this.access.set(answer.access_token, {
			expiresAt: this.clock.now() + seconds * SECOND,
			callsLeft: calls,
		});
		this.refresh.add(answer.refresh_token);
		this.issued += 1;
		return answer;
	}
}
