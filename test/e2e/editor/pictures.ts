import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mispCredential, orionCredential } from '../../../sandbox/standIns';
import { takePictures } from './takePictures';
import { startEditor } from './world';

/** Takes the pictures of the documentation anew. Run by `npm run pictures`. */
async function main(): Promise<void> {
	const scratch = mkdtempSync(join(tmpdir(), 'misp-orion-pictures-'));
	const world = await startEditor({ width: 1600, height: 1000 });
	try {
		const { misp, orion } = world.standIns;
		await world.server.createCredential(mispCredential({ url: misp.url, key: misp.keys.admin }));
		await world.server.createCredential(orionCredential({ ...orion, ...orion.credentials }));
		await takePictures(world, scratch, (path) => readFileSync(path, 'utf8'));
	} finally {
		await world.close();
		rmSync(scratch, { recursive: true, force: true });
	}
}

void main();
