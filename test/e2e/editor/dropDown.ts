import type { Locator } from 'playwright-core';

/** A drop-down of the editor. It opens a list that lies elsewhere in the page, and swallows a click that comes while the panel still moves. */
export class DropDown {
	constructor(private readonly field: Locator) {}

	/** The names of its choices, as a person reads them. */
	async choices(): Promise<string[]> {
		const list = await this.open();
		const names = await list.locator('.option-headline').allInnerTexts();
		await this.field.page().keyboard.press('Escape');
		await list.waitFor({ state: 'hidden' });
		return names.map((name) => name.trim());
	}

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
		for (;;) {
			await box.click();
			const opened = await list.waitFor({ timeout: 3_000 }).then(
				() => true,
				() => false,
			);
			if (opened) return list;
		}
	}
}
