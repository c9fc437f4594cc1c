import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectMessages } from './collect';
import { withTables } from './page';
import { workflowStops } from './workflowStops';

/** Writes the tables of docs/troubleshooting.md. Run by `npm run docs`; a test sees that they are up to date. */
const root = join(__dirname, '..', '..');
const file = join(root, 'docs', 'troubleshooting.md');
writeFileSync(file, withTables(readFileSync(file, 'utf8'), collectMessages(root), workflowStops(root)));
