import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takePictures } from './takePictures';
import { startEditor } from './world';

/** Takes the pictures of the documentation anew. Run by `npm run pictures`. */
async function main(): Promise<void> {
	const scratch = mkdtempSync(join(tmpdir(), 'misp-orion-pictures-'));
	const world = await startEditor({ width: 1600, height: 1000 });
	try {
		await takePictures(world, scratch);
	} finally {
		await world.close();
		rmSync(scratch, { recursive: true, force: true });
	}
}

void main();
