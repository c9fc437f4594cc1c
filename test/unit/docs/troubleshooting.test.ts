import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectMessages, messagesIn } from '../../../gulp/messages/collect';
import { withTables } from '../../../gulp/messages/page';
import { workflowStops } from '../../../gulp/messages/workflowStops';

const ROOT = join(__dirname, '..', '..', '..');
const PAGE = readFileSync(join(ROOT, 'docs', 'troubleshooting.md'), 'utf8');
const messages = collectMessages(ROOT);

describe('docs/troubleshooting.md', () => {
	it('has every message of the sources and workflows (npm run docs)', () => {
		expect(PAGE).toBe(withTables(PAGE, messages, workflowStops(ROOT)));
	});

	it('says what to do about each', () => {
		const without = PAGE.split('\n').filter((line) => /^\|[^|]*\|\s*\|/.test(line));
		expect(without).toEqual([]);
	});

	it('leaves out no place where a node raises something', () => {
		for (const folder of ['nodes', 'credentials']) {
			for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })) {
				if (!file.endsWith('.ts')) continue;
				const raised =
					readFileSync(join(ROOT, folder, file), 'utf8').match(/new (Credential)?Problem\(\s*['"`]/g) ?? [];
				const found = messages.filter((message) => message.file === `${folder}/${file}`);
				expect({ file, found: found.length >= raised.length }).toEqual({ file, found: true });
			}
		}
	});
});

describe('the messages of a source', () => {
	const first = (text: string) => messagesIn('a.ts', text)[0];

	it('are found where they are thrown, with … for what is filled in', () => {
		expect(first("throw new Problem(`MISP has no tag \"${tag}\"`, 'Check the spelling.', 'not_found');")).toEqual({
			code: 'not_found',
			says: ['MISP has no tag "…"'],
			advice: ['Check the spelling.'],
			file: 'a.ts',
		});
	});

	it('are found in tables, with each of their wordings', () => {
		const row = "const rows = [{ code: 'refused', message: (x) => (x ? `No: ${x}` : 'No.'), advice: 'See.' }];";
		expect(first(row)).toEqual({ code: 'refused', says: ['No: …', 'No.'], advice: ['See.'], file: 'a.ts' });
	});

	it('are found with the constants that they are made of', () => {
		expect(first("const usual = 'Enter it.';\nproblem('no_server', 'No server', usual);")?.advice).toEqual([
			'Enter it.',
		]);
	});
});
