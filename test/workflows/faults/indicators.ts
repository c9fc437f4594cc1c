import type { AttributeSeed, TagSeed } from '../../../sandbox/misp/seeds';
import { md5 } from '../world';

/** An attribute of MISP, and the IOCs that it holds as Orion names them (`iocKey`). */
export interface Indicator extends AttributeSeed {
	readonly holds: readonly string[];
}

/** Those that Orion is to have for it: none of what was deleted or is not for detection. */
export const wantedOf = ({ holds, to_ids: forDetection, deleted }: Indicator): readonly string[] =>
	forDetection === false || deleted === true ? [] : holds;

type Changes = Omit<Partial<AttributeSeed>, 'type' | 'value'>;

const indicator = (type: string, value: string, holds: string[], changes: Changes = {}): Indicator => ({
	type,
	value,
	to_ids: true,
	...changes,
	holds,
});

export const hash = (name: string, changes?: Changes): Indicator =>
	indicator('md5', md5(name), [`filehashioc:${md5(name)}`], changes);
export const ip = (value: string, changes?: Changes): Indicator =>
	indicator('ip-dst', value, [`ipioc:${value}`], changes);
export const domain = (name: string, changes?: Changes): Indicator =>
	indicator('domain', `${name}.faults-test.com`, [`domainioc:${name}.faults-test.com`], changes);
export const url = (name: string, changes?: Changes): Indicator =>
	indicator('url', `https://${name}.faults-test.com/x`, [`urlioc:https://${name}.faults-test.com/x`], changes);
/** Two IOCs in one attribute. */
export const resolution = (name: string, address: string, changes?: Changes): Indicator =>
	indicator(
		'domain|ip',
		`${name}.faults-test.com|${address}`,
		[`domainioc:${name}.faults-test.com`, `ipioc:${address}`],
		changes,
	);
/** Of a type that Orion does not take. */
export const sha256 = (): Indicator => indicator('sha256', 'a'.repeat(64), []);
/** One that would raise an alert on every computer: never sent. */
export const privateAddress = (): Indicator => indicator('ip-dst', '10.1.2.3', []);

export const local = (name: string): TagSeed => ({ name, local: true });
export const global = (name: string): TagSeed => ({ name, local: false });
