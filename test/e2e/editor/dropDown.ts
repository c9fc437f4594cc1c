import type { Locator } from 'playwright-core';

// Longer than a list takes to open on a busy machine.
const OPENS_WITHIN_MS = 3_000;
const TRIES = 10;

/** A drop-down of the editor. It opens a list that lies elsewhere in the page, and swallows a click that comes while the panel still moves. */
export class DropDown {
	constructor(private readonly field: Locator) {}

	/** Chooses what has this name, and waits in vain where nothing has it. */
	async choose(name: string): Promise<void> {
		const list = await this.open();
		await list
			.getByRole('option')
			.filter({ has: this.field.page().getByText(name, { exact: true }) })
			.first()
			.click();
		await list.waitFor({ state: 'hidden' });
	}

	private async open(): Promise<Locator> {
		const box = this.field.getByRole('combobox');
		const list = this.field.page().locator(`[id="${await box.getAttribute('aria-controls')}"]`);
		for (let tries = 0; tries < TRIES; tries++) {
			await box.click();
			const opened = await list.waitFor({ timeout: OPENS_WITHIN_MS }).then(
				() => true,
				() => false,
			);
			if (opened) return list;
		}
		throw new Error(`The drop-down did not open after ${TRIES} clicks`);
	}
}
