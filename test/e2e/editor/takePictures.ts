import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBuiltPackage } from '../../../gulp/builtPackage';
import { PROJECT } from '../../../sandbox/n8n/package';
import { canvasPicture } from './canvasPicture';
import { offeredBy, workflowOfEach } from './oneOfEach';
import type { EditorWorld } from './world';

// What each panel is shown with: what most people use the node for. A node without operations is shown as it comes.
const TYPICAL: Readonly<Record<string, { resource: string; operation: string }>> = {
	misp: { resource: 'Event', operation: 'Get Many' },
	cytomicOrion: { resource: 'IOC', operation: 'Import' },
};
const CANVAS = { width: 1600, height: 1000 };
const PANEL = { width: 1100, height: 800 };

const stepsIn = (json: string): number => json.split('"typeVersion"').length - json.split('.stickyNote"').length;

/** Writes docs/pictures/workflows/*.png and docs/pictures/nodes/*.png. The world needs both credentials. */
export async function takePictures({ page, editor }: EditorWorld, scratch: string, read: (path: string) => string) {
	const pictures = join(PROJECT, 'docs', 'pictures');
	for (const folder of ['workflows', 'nodes']) mkdirSync(join(pictures, folder), { recursive: true });

	const offered = offeredBy(loadBuiltPackage(PROJECT));
	const all = join(scratch, 'one-of-each.json');
	writeFileSync(all, workflowOfEach(offered));
	await editor.importFile(all, offered.length + 1);
	await page.setViewportSize(PANEL);
	for (const { node, type } of offered) {
		const name = type.slice(type.lastIndexOf('.') + 1);
		const panel = await editor.open(node);
		const typical = TYPICAL[name];
		if (typical) {
			await panel.dropDown('resource').choose(typical.resource);
			await panel.dropDown('operation').choose(typical.operation);
		}
		await page.mouse.move(0, 0);
		await panel.root.screenshot({ path: join(pictures, 'nodes', `${name}.png`), animations: 'disabled' });
		await panel.close();
	}

	await page.setViewportSize(CANVAS);
	for (const file of readdirSync(join(PROJECT, 'workflows'))) {
		const path = join(PROJECT, 'workflows', file);
		await editor.importFile(path, stepsIn(read(path)));
		await canvasPicture(page, join(pictures, 'workflows', file.replace(/json$/, 'png')));
	}
}
