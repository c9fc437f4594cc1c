import type { Locator, Page } from 'playwright-core';
import { DropDown } from './dropDown';

/** The panel of a node: what opens on a double click. */
export class Panel {
	readonly root: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('ndv');
	}

	field(name: string): Locator {
		return this.root.getByTestId(`parameter-input-${name}`);
	}

	dropDown(name: string): DropDown {
		return new DropDown(this.field(name));
	}

	/** Those of the names that no field of the panel bears. Names of collections are not marked as labels, so all text is looked at. */
	async missing(names: readonly string[]): Promise<string[]> {
		const shown = (await this.root.getByTestId('node-parameters').innerText()).split('\n').map((line) => line.trim());
		return names.filter((name) => !shown.includes(name));
	}

	/** What the panel marks as wrong. */
	async issues(): Promise<number> {
		return await this.root.getByTestId('parameter-issues').count();
	}

	/** Opens the list of a resource locator and searches it: the names found, as the server answers. */
	async search(name: string, text: string, expected: string): Promise<string[]> {
		await this.root.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item').filter({ visible: true });
		await entries.first().waitFor();
		await this.page.getByTestId('rlc-search').filter({ visible: true }).fill(text);
		await entries.filter({ hasText: expected }).first().waitFor();
		return await entries.allInnerTexts();
	}

	/** Picks one of the entries that the search has found. */
	async pick(entry: string): Promise<void> {
		await this.page.getByTestId('rlc-item').filter({ visible: true, hasText: entry }).first().click();
	}

	async close(): Promise<void> {
		await this.root.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}
}
