import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBuiltPackage } from '../builtPackage';
import { nodesPage } from './page';

/** Writes docs/nodes.md. Run by `npm run docs`, after the build; a test sees that it is up to date. */
const root = join(__dirname, '..', '..');
writeFileSync(join(root, 'docs', 'nodes.md'), nodesPage(loadBuiltPackage(root)));
