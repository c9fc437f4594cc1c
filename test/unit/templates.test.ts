import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from '../../templates/workflows';

const folder = join(__dirname, '../../workflows');

test('workflows/ is what templates/ builds (npm run templates)', () => {
	const built = templates();
	expect(readdirSync(folder).sort()).toEqual([...built.keys()].map((name) => `${name}.json`).sort());
	for (const [name, json] of built) expect(readFileSync(join(folder, `${name}.json`), 'utf8')).toBe(json);
});
