import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where Debian, or whoever sets CHROMIUM_PATH, has the browser. */
export const CHROMIUM = [
	process.env['CHROMIUM_PATH'],
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/snap/bin/chromium',
].find((path) => path !== undefined && existsSync(path));

// Without these, Chromium looks up hosts on the internet while it starts.
export const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const WAIT_MS = 60_000;

/** A page of a real browser, and what went wrong or out of the machine while it was used. */
export interface WatchedPage {
	page: Page;
	/** Errors that the page threw and did not catch. (n8n 2.41 writes others to the console that are no fault of a node.) */
	errors: readonly string[];
	/** Hosts that the page asked for anything. */
	hosts: ReadonlySet<string>;
	close(): Promise<void>;
}

export async function openPage(viewport: { width: number; height: number }): Promise<WatchedPage> {
	if (CHROMIUM === undefined) throw new Error('These tests need Chromium: install it, or name it in CHROMIUM_PATH');
	const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: FLAGS });
	const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
	page.setDefaultTimeout(WAIT_MS);
	page.setDefaultNavigationTimeout(WAIT_MS);
	const errors: string[] = [];
	const hosts = new Set<string>();
	page.on('pageerror', (error) => errors.push(error.message));
	page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
	return {
		page,
		errors,
		hosts,
		close: async () => await browser.close(),
	};
}
