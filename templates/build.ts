import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from './workflows';

/** Writes workflows/*.json. Run by `npm run templates`; a test sees that they are up to date. */
const folder = join(__dirname, '..', 'workflows');
mkdirSync(folder, { recursive: true });
for (const [name, json] of templates()) writeFileSync(join(folder, `${name}.json`), json);
