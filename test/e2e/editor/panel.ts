import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { DropDown } from './dropDown';

const DRAWN_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 100;

/** The panel of a node: what opens on a double click. */
export class Panel {
	readonly root: Locator;

	private chosen: Readonly<Record<string, string>> = {};

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('ndv');
	}

	/** Chooses in the drop-downs of these fields, one after the other: only what differs from the last time, and all that comes after it. */
	async choose(choices: Readonly<Record<string, string>>): Promise<void> {
		const fields = Object.entries(choices);
		const first = fields.findIndex(([field, choice]) => this.chosen[field] !== choice);
		for (const [field, choice] of first < 0 ? [] : fields.slice(first)) await this.dropDown(field).choose(choice);
		this.chosen = choices;
	}

	/** Those of the names that no field of the panel bears. Names of collections are not marked as labels, so all text is looked at. */
	async missing(names: readonly string[]): Promise<string[]> {
		const deadline = Date.now() + DRAWN_WITHIN_MS;
		for (;;) {
			const text = await this.root.getByTestId('node-parameters').innerText();
			const shown = text.split('\n').map((line) => line.trim());
			const left = names.filter((name) => !shown.includes(name));
			if (left.length === 0 || Date.now() > deadline) return left;
			await pause(LOOK_AGAIN_MS);
		}
	}

	/** What the panel marks as wrong. */
	async issues(): Promise<number> {
		return await this.root.getByTestId('parameter-issues').count();
	}

	/** Opens the list of a resource locator and searches it: the names found, as the server answers. */
	async search(name: string, text: string): Promise<string[]> {
		await this.root.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item').filter({ visible: true });
		await entries.first().waitFor();
		const [answer] = await Promise.all([
			this.page.waitForResponse(
				(response) =>
					/\/resource-locator-results$/.test(response.url()) &&
					(response.request().postData() ?? '').includes(`"filter":"${text}"`),
			),
			this.page.getByTestId('rlc-search').filter({ visible: true }).fill(text),
		]);
		const { data }: { data: { results: unknown[] } } = await answer.json();
		// What was found before the search stands there for a moment longer.
		await entries.nth(data.results.length).waitFor({ state: 'detached' });
		if (data.results.length > 0) await entries.nth(data.results.length - 1).waitFor();
		return await entries.allInnerTexts();
	}

	/** Picks one of the entries that the search has found. */
	async pick(entry: string): Promise<void> {
		await this.page.getByTestId('rlc-item').filter({ visible: true, hasText: entry }).first().click();
	}

	private dropDown(name: string): DropDown {
		return new DropDown(this.root.getByTestId(`parameter-input-${name}`));
	}

	async close(): Promise<void> {
		await this.root.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}
}
