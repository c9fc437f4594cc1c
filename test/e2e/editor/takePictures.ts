import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBuiltPackage } from '../../../gulp/builtPackage';
import { CONTROL_TAGS } from '../../../sandbox/mispClient';
import { PROJECT } from '../../../sandbox/n8n/package';
import { workflowNames } from '../../../sandbox/workflows';
import { canvasPicture } from './canvasPicture';
import { CredentialForm } from './credentialForm';
import { offeredBy, workflowOfEach } from './oneOfEach';
import { keepPicture } from './png';
import type { EditorWorld } from './world';

// What each panel is shown with: what most people use the node for. Those that are not here are shown as they come.
const TYPICAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	misp: { resource: 'Event', operation: 'Get Many' },
	cytomicOrion: { resource: 'IOC', operation: 'Import' },
};
const CANVAS = { width: 1600, height: 1000 };
const PANEL = { width: 1100, height: 800 };
const FORM = { width: 1000, height: 720 };

// What n8n has just done is said in a box in the corner, over what is to be seen.
const NO_TOASTS = '.el-notification { display: none !important; }';

const PICTURES = join(PROJECT, 'docs', 'pictures');
const workflowFile = (name: string) => join(PROJECT, 'workflows', `${name}.json`);

/** Writes all PNGs below docs/pictures: `workflows/`, `nodes/`, and `editor/` for what people do. */
export async function takePictures(world: EditorWorld, scratch: string): Promise<void> {
	for (const folder of ['workflows', 'nodes', 'editor']) mkdirSync(join(PICTURES, folder), { recursive: true });
	await credentials(world);
	await panels(world, scratch);
	await workflows(world);
	await run(world);
}

async function credentials({ page, server, standIns }: EditorWorld): Promise<void> {
	const { misp, orion } = standIns;
	await page.setViewportSize(FORM);
	const mispForm = await CredentialForm.create(page, server.url, 'MISP Instance API');
	await mispForm.fill({ url: misp.url, apiKey: misp.keys.admin });
	await mispForm.save();
	await page.addStyleTag({ content: NO_TOASTS });
	const dialog = page.getByRole('dialog').filter({ has: mispForm.form });
	await keepPicture(await dialog.screenshot({ animations: 'disabled' }), join(PICTURES, 'editor', 'credential.png'));
	await mispForm.close();
	const orionForm = await CredentialForm.create(page, server.url, 'Cytomic Orion API');
	await orionForm.fill({ apiUrl: orion.apiUrl, tokenUrl: orion.tokenUrl, ...orion.credentials });
	await orionForm.save();
	await orionForm.close();
}

async function panels({ page, editor }: EditorWorld, scratch: string): Promise<void> {
	const offered = offeredBy(loadBuiltPackage(PROJECT));
	const all = join(scratch, 'one-of-each.json');
	writeFileSync(all, workflowOfEach(offered));
	await page.setViewportSize(CANVAS);
	await editor.importFile(all);
	await page.addStyleTag({ content: NO_TOASTS });
	await page.setViewportSize(PANEL);
	for (const { node, type } of offered) {
		const name = type.slice(type.lastIndexOf('.') + 1);
		const panel = await editor.open(node);
		await panel.choose(TYPICAL[name] ?? {});
		await page.mouse.move(0, 0);
		await page.evaluate('document.activeElement.blur()');
		await keepPicture(await panel.root.screenshot({ animations: 'disabled' }), join(PICTURES, 'nodes', `${name}.png`));
		await panel.close();
	}
	await page.setViewportSize(CANVAS);
}

async function workflows({ page, editor }: EditorWorld): Promise<void> {
	for (const name of await workflowNames()) {
		await editor.importFile(workflowFile(name));
		await keepPicture(await canvasPicture(page), join(PICTURES, 'workflows', `${name}.png`));
	}
}

/** What upload-iocs looks like after it has uploaded something. */
async function run({ page, editor, standIns }: EditorWorld): Promise<void> {
	for (const domain of ['invoices.bad-actor.com', 'login.bad-actor.com', 'files.bad-actor.com'])
		standIns.misp.store.addEvent({
			info: `Phishing by ${domain}`,
			published: true,
			tags: [{ name: CONTROL_TAGS.upload, local: true }],
			attributes: [{ type: 'domain', value: domain, to_ids: true }],
		});
	await editor.importFile(workflowFile('upload-iocs'));
	await editor.execute('Run by hand');
	await keepPicture(await canvasPicture(page), join(PICTURES, 'editor', 'upload-iocs-run.png'));
}
