import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../shared/parameters';
import { Problem } from '../../shared/problem';
import { normalise } from '../ioc';

export const md5Field: INodeProperties = {
	displayName: 'MD5',
	name: 'md5',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'd41d8cd98f00b204e9800998ecf8427e',
	description: "Hash of the file, also in the form of MISP's filename|md5. Orion knows files by MD5 only.",
};

/** @throws Problem where it is no MD5 */
export function readMd5(item: Parameters): string {
	const given = item.required('md5', 'MD5');
	const hash = normalise('hash', given.slice(given.lastIndexOf('|') + 1));
	if (hash.ok) return hash.value;
	throw new Problem(
		hash.reason === 'unsupported_hash'
			? 'Orion knows files by their MD5 only, and this is another hash'
			: `"${given.slice(0, 80)}" is not an MD5`,
		'Give an MD5: 32 hexadecimal digits.',
		hash.reason,
	);
}
