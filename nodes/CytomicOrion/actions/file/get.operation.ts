import { eachItem } from '../../call';
import { md5Field, readMd5 } from '../../descriptions/md5';
import { otherFileFields, readFile } from '../../answers/file';
import { toItem } from '../../item';
import { limits } from '../../limits';
import { fileRow } from '../../transport/knowledge';

/** GET /applications/forensics/md5/{md5}/info. Orion answers for unknown hashes as well: `known` says which they are. */
export const get = eachItem({
	name: 'Get',
	action: 'Get a file by its MD5',
	description:
		'Get name, size and classification of a file, and when it was seen. An unknown hash comes out with known: false.',
	concurrency: limits.concurrency,
	fields: [md5Field],
	async execute({ item, orion }) {
		const md5 = readMd5(item);
		const row = await fileRow(orion, md5);
		const file = readFile(md5, row);
		return toItem(file.known ? { ...file, ...otherFileFields(row) } : { md5, known: false });
	},
});
