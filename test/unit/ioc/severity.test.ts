import type { MinimumSeverity } from '../../../nodes/CytomicOrion/ioc';
import { atLeast, readThreatLevel } from '../../../nodes/CytomicOrion/ioc';

describe('Severity reads as people say it', () => {
	test.each<[MinimumSeverity, taken: string[]]>([
		['any', ['1', '2', '3', '4', '']],
		['low', ['1', '2', '3']],
		['medium', ['1', '2']],
		['high', ['1']],
	])('"%s and above" takes the threat levels %j', (minimum, taken) => {
		expect(['1', '2', '3', '4', ''].filter((id) => atLeast(minimum, readThreatLevel(id)))).toEqual(taken);
	});

	test.each(['0', '5', 'high', '1.0', '-1', 'constructor'])('%s is no threat level', (id) =>
		expect(readThreatLevel(id)).toBeUndefined(),
	);
});
