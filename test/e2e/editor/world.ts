import { join } from 'node:path';
import { type Page, selectors } from 'playwright-core';
import { withPackedPackage } from '../../../sandbox/n8n/package';
import { createN8n } from '../../../sandbox/n8n/run';
import type { N8nServer } from '../../../sandbox/n8n/server';
import { type StandIns, startStandIns } from '../../../sandbox/standIns';
import { openPage, type WatchedPage } from './browser';
import { Editor } from './editor';

/** An n8n with our package, the servers it speaks to, and a person logged in at its editor. */
export interface EditorWorld {
	standIns: StandIns;
	server: N8nServer;
	browser: WatchedPage;
	page: Page;
	editor: Editor;
	close(): Promise<void>;
}

export async function startEditor(viewport: { width: number; height: number }): Promise<EditorWorld> {
	const closing: Array<() => Promise<void>> = [];
	const close = async () => {
		for (const one of closing.reverse()) await one();
	};
	try {
		const standIns = await startStandIns();
		closing.push(standIns.close);
		const n8n = await withPackedPackage(async (tarball) => await createN8n({ tarball }));
		closing.push(n8n.remove);
		const server = await n8n.start();
		selectors.setTestIdAttribute('data-test-id');
		const browser = await openPage(viewport);
		closing.push(browser.close);
		const editor = new Editor(browser.page, server.url);
		await editor.logIn(server.login);
		return { standIns, server, browser, page: browser.page, editor, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Runs a step of a test; where it fails, what was on the screen is kept, and the error says where. */
export async function seen<T>(page: Page, folder: string, name: string, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		const path = join(folder, `${name.replaceAll(/[^\w-]+/g, '-').slice(0, 80)}.png`);
		await page.screenshot({ path });
		if (error instanceof Error) error.message += `\n\nWhat was on the screen: ${path}`;
		throw error;
	}
}
