/** What keeps an answer from coming, in words for the person at the node. Codes are Node's own. */
interface Trouble {
	codes: readonly string[];
	message: (server: string, host: string) => string;
	advice: (urlField: string) => string;
	/** True where the same request may get through a moment later. */
	transient: boolean;
	/** True where the server can't have seen the request. */
	unsent: boolean;
}

const troubles: readonly Trouble[] = [
	{
		codes: ['ECONNREFUSED'],
		message: (server, host) => `${server} does not accept connections at ${host}`,
		advice: (url) => `Check that the server runs and that host and port of "${url}" in the credential are right.`,
		transient: true,
		unsent: true,
	},
	{
		codes: ['ENOTFOUND', 'EAI_AGAIN'],
		message: (server, host) => `The name of ${server}'s host, ${host}, is unknown`,
		advice: (url) =>
			`Check the spelling of "${url}" in the credential and the name service of the machine that n8n runs on.`,
		transient: true,
		unsent: true,
	},
	{
		codes: [
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'SELF_SIGNED_CERT_IN_CHAIN',
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'UNABLE_TO_GET_ISSUER_CERT',
			'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		],
		message: (server, host) => `${server}'s certificate at ${host} is not signed by an authority that n8n trusts`,
		advice: () =>
			'Paste the certificate of your own authority into the credential, or, for a test only, switch on "Ignore SSL Issues".',
		transient: false,
		unsent: true,
	},
	{
		codes: ['CERT_HAS_EXPIRED'],
		message: (server, host) => `${server}'s certificate at ${host} has expired`,
		advice: () => 'Renew the certificate on the server.',
		transient: false,
		unsent: true,
	},
	{
		codes: ['ERR_TLS_CERT_ALTNAME_INVALID'],
		message: (server, host) => `${server}'s certificate is for another name than ${host}`,
		advice: (url) => `Use the host name that the certificate names in "${url}" of the credential.`,
		transient: false,
		unsent: true,
	},
	{
		codes: ['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'],
		message: (server, host) => `${server} does not speak TLS at ${host}`,
		advice: (url) => `Check whether "${url}" in the credential should begin with http:// or name another port.`,
		transient: false,
		unsent: true,
	},
	{
		codes: ['ETIMEDOUT', 'ECONNABORTED', 'ERR_SOCKET_CONNECTION_TIMEOUT'],
		message: (server) => `${server} took too long to answer`,
		advice: () => 'Try again later, or with smaller pages or batches.',
		transient: true,
		unsent: false,
	},
	{
		codes: ['ERR_CANCELED'],
		message: () => 'The execution was stopped',
		advice: () => 'Run it again: what was done is kept, and the rest is done then.',
		transient: false,
		unsent: false,
	},
];

const dropped: Trouble = {
	codes: [],
	message: (server) => `The connection to ${server} broke off`,
	advice: () => 'Try again. If it stays, look at the proxy and the firewall between n8n and the server.',
	transient: true,
	unsent: false,
};

/** Codes of connections that broke while in use. Anything else without a code is not about the network. */
const droppedCodes = [
	'ECONNRESET',
	'EPIPE',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENETDOWN',
	'ERR_BAD_RESPONSE',
	'ERR_NETWORK',
	'HPE_INVALID_CONSTANT',
	'ERR_STREAM_PREMATURE_CLOSE',
];

export interface ConnectionTrouble {
	message: string;
	advice: string;
	transient: boolean;
	unsent: boolean;
}

/** Puts a failed connection into words; undefined where the code is none of the network's. */
export function connectionTrouble(
	code: string,
	where: { server: string; url: string; urlField: string },
): ConnectionTrouble | undefined {
	const trouble =
		troubles.find(({ codes }) => codes.includes(code)) ?? (droppedCodes.includes(code) ? dropped : undefined);
	if (!trouble) return undefined;
	const { message, advice, transient, unsent } = trouble;
	return { message: message(where.server, hostOf(where.url)), advice: advice(where.urlField), transient, unsent };
}

/** Host and port of a URL; never its user, password or query, which could be secret. */
function hostOf(url: string): string {
	return URL.canParse(url) ? new URL(url).host : 'the given address';
}
