import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads its settings while it is being loaded, and would write to ~/.n8n: this module has
// to come first.
const home = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

Object.assign(process.env, {
	N8N_USER_FOLDER: home,
	N8N_ENCRYPTION_KEY: 'a key for tests only',
	N8N_LOG_LEVEL: 'silent',
	N8N_DIAGNOSTICS_ENABLED: 'false',
});
