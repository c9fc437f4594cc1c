import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../shared/problem';
import { asText } from '../json';
import type { Misp } from '../transport/connect';
import type { Listed } from '../transport/lists';
import { find, idOf } from './lookup';

interface Switch {
	what: Listed;
	/** As the user named it: id, name … */
	wanted: string;
	on: boolean;
	/** Field of the entry that names it. */
	label?: string;
	/** Field of the entry that is switched. */
	field?: string;
	send(id: string): Promise<unknown>;
}

/**
 * Switches something on or off and looks whether it is so: MISP answers some of these calls with an empty redirect,
 * and some change over whatever is asked for. What is as wanted already is left alone.
 */
export async function switchTo(
	misp: Misp,
	{ what, wanted, on, label = 'name', field = 'enabled', send }: Switch,
): Promise<IDataObject> {
	const before = await find(misp, what, wanted);
	const id = idOf(before);
	const report = (changed: boolean): IDataObject => ({
		id,
		[label]: asText(before.entry[label]),
		[field]: on,
		changed,
	});
	if (before.entry[field] === on) return report(false);
	await send(id);
	const after = await find(misp, what, id);
	if (after.entry[field] === on) return report(true);
	throw new Problem(
		`MISP took the order, but "${asText(before.entry[label])}" is still ${on ? 'disabled' : 'enabled'}`,
		'Check in MISP what the role of the key allows.',
		'not_switched',
	);
}
