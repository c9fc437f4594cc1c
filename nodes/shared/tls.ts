import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

/** How a credential wants TLS: verified by default, with an authority and a client certificate of one's own where given. */
export function tlsOptions({ allowUnauthorizedCerts, ca, clientCertificate, clientKey }: ICredentialDataDecryptedObject): Partial<IHttpRequestOptions> {
	const agentOptions = {
		...(ca ? { ca: String(ca) } : {}),
		...(clientCertificate ? { cert: String(clientCertificate), key: String(clientKey) } : {}),
	};
	return {
		skipSslCertificateValidation: allowUnauthorizedCerts === true,
		...(Object.keys(agentOptions).length > 0 && { agentOptions }),
	};
}
