/**
 * Something that the person at the node can act on: what happened (`message`) and what to change (`advice`).
 * Thrown by operations and transports; the router gives it the item and n8n's own error type.
 */
export class Problem extends Error {
	constructor(
		message: string,
		readonly advice: string = '',
		readonly code: string = 'problem',
	) {
		super(message);
		this.name = 'Problem';
	}
}

/**
 * What keeps a credential from being used. Its test shows only a message, so the message holds the advice too; `what` is without it.
 * It has no field `code`: n8n's Test button would show that in place of the message.
 */
export class CredentialProblem extends Error {
	constructor(
		readonly what: string,
		readonly advice: string,
		/** A short name for the case, or Node's code where no answer came. */
		readonly situation: string,
	) {
		super(`${what.replace(/\.$/, '')}. ${advice}`);
		this.name = 'CredentialProblem';
	}
}
