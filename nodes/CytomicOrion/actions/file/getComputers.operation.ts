import { eachItem } from '../../call';
import { md5Field, readMd5 } from '../../descriptions/md5';
import { toItem } from '../../item';
import { computersWith } from '../../transport/knowledge';

/** GET /applications/forensics/md5/{md5}/muids, and for each computer its info. */
export const getComputers = eachItem({
	name: 'Get Computers',
	action: 'Get the computers that saw a file',
	description:
		'Get each computer on which a file was seen, with where and when, and with details of the computer. A file that was seen nowhere comes out with seen: false. Not documented by the vendor, but seen to work.',
	fields: [md5Field],
	async execute({ item, orion }) {
		const md5 = readMd5(item);
		const found = await computersWith(orion, md5);
		if (found.length === 0) return { md5, seen: false };
		return found.map(({ where, computer, hasDetails }) =>
			toItem({
				md5,
				seen: true,
				muid: where.muid,
				machineName: computer.machineName,
				clientId: where.clientId || computer.clientId,
				clientName: computer.clientName,
				path: where.path,
				firstSeen: where.firstSeen,
				lastSeen: where.lastSeen,
				computerLastSeen: computer.lastSeen,
				creationDate: computer.creationDate,
				clientCreationDate: computer.clientCreationDate,
				hasDetails,
			}),
		);
	},
});
