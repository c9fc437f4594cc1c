import type { ICredentialDataDecryptedObject, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

export const ignoreSslIssues: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};

const certificate = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	typeOptions: { password: true, rows: 4 },
	default: '',
	description,
});

export const ownAuthority = certificate(
	'CA Certificate',
	'ca',
	"Certificate (PEM) of the authority that signed the server's, where n8n does not know it: your own, or that of a proxy that opens TLS connections",
);
export const clientCertificate = certificate(
	'Client Certificate',
	'clientCertificate',
	'Certificate (PEM) that the server asks clients for',
);
export const clientKey = certificate('Client Key', 'clientKey', 'Private key (PEM) of the client certificate');

/** How a credential wants TLS: verified by default, with an authority and a client certificate of one's own where given. */
export function tlsOptions({
	allowUnauthorizedCerts,
	ca,
	clientCertificate: cert,
	clientKey: key,
}: ICredentialDataDecryptedObject): Partial<IHttpRequestOptions> {
	const agentOptions = {
		...(ca ? { ca: String(ca) } : {}),
		...(cert ? { cert: String(cert), key: String(key) } : {}),
	};
	return {
		skipSslCertificateValidation: allowUnauthorizedCerts === true,
		...(Object.keys(agentOptions).length > 0 && { agentOptions }),
	};
}
