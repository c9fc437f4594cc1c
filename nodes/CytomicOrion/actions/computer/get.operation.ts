import { Problem } from '../../../shared/problem';
import { otherComputerFields, readComputer } from '../../answers/computer';
import { eachItem } from '../../call';
import { toItem } from '../../item';
import { limits } from '../../limits';
import { computerRow } from '../../transport/knowledge';
import { paths } from '../../transport/paths';

/** GET /applications/forensics/muid/{muid}/info; with all details, GET /remediations/muids/{muid}/detail too. */
export const get = eachItem({
	name: 'Get',
	action: 'Get a computer',
	description:
		'Get a computer by its MUID: name, client, and when it was last seen. Not documented by the vendor, but seen to work.',
	concurrency: limits.concurrency,
	fields: [
		{
			displayName: 'MUID',
			name: 'muid',
			type: 'string',
			required: true,
			default: '',
			description: "Orion's ID of the computer",
		},
		{
			displayName: 'Full Details',
			name: 'fullDetails',
			type: 'boolean',
			default: false,
			description: 'Whether to ask for all that Orion knows of the computer. Not documented by the vendor.',
		},
	],
	async execute({ item, orion }) {
		const muid = item.required('muid', 'MUID');
		const row = await computerRow(orion, muid);
		if (!row)
			throw new Problem(
				`Orion knows no computer with the MUID "${muid.slice(0, 80)}"`,
				'Take the MUID from an indicator, or find the computer by its name.',
				'unknown_computer',
			);
		const detail = item.flag('fullDetails') ? await computerRow(orion, muid, paths.computerDetail(muid)) : undefined;
		const whole = { ...detail, ...row };
		return toItem({ ...readComputer(muid, whole), ...otherComputerFields(whole) });
	},
});
