import { isIP } from 'node:net';

/** The four types the vendor documents, under the names seen to work in paths. */
export type IocType = 'filehashioc' | 'ipioc' | 'domainioc' | 'urlioc';

export interface IocTypeFacts {
	/** The name in Orion's messages. */
	readonly label: string;
	/** The one key that holds the value. */
	readonly valueKey: string;
	/** Whether a value may be imported. */
	readonly admits: (value: string) => boolean;
}

const MD5 = /^[0-9a-f]{32}$/i;
const WITH_PROTOCOL = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]\S*$/i;
const HOST_NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/i;

/**
 * Documented: hashes are MD5 only, a URL holds its protocol.
 * Not documented: IPv6 (let in here), networks, ports and wildcards (kept out here: neither is an address or a domain).
 */
export const IOC_TYPES: Readonly<Record<IocType, IocTypeFacts>> = {
	filehashioc: { label: 'FileHashIoc', valueKey: 'hash', admits: (value) => MD5.test(value) },
	ipioc: { label: 'IPIoc', valueKey: 'ip', admits: (value) => isIP(value) !== 0 },
	domainioc: {
		label: 'DomainIoc',
		valueKey: 'domain',
		admits: (value) => HOST_NAME.test(value) && isIP(value) === 0,
	},
	urlioc: { label: 'UrlIoc', valueKey: 'url', admits: (value) => WITH_PROTOCOL.test(value) },
};

export const ALL_IOC_TYPES: readonly IocType[] = ['filehashioc', 'ipioc', 'domainioc', 'urlioc'];
export const VALUE_KEYS: readonly string[] = Object.values(IOC_TYPES).map((facts) => facts.valueKey);

/** The long names are those proven on a tenant, the short ones those of the vendor's page. */
const PATH_NAMES: Readonly<Record<string, IocType>> = {
	filehashioc: 'filehashioc',
	ipioc: 'ipioc',
	domainioc: 'domainioc',
	urlioc: 'urlioc',
	hash: 'filehashioc',
	ip: 'ipioc',
	domain: 'domainioc',
	url: 'urlioc',
};

export function iocTypeNamed(name: string): IocType | undefined {
	return PATH_NAMES[name.toLowerCase()];
}

/** `filehashioc:44d88612…`: hashes meet whatever their case, as the console shows them in capitals. */
export function iocKey(type: IocType, value: string): string {
	return `${type}:${type === 'filehashioc' ? value.toLowerCase() : value}`;
}
