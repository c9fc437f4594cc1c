import type { Locator, Page } from 'playwright-core';

/** The form of a credential, from Create credential on. */
export class CredentialForm {
	private constructor(
		private readonly page: Page,
		readonly form: Locator,
	) {}

	/** `type` is the name as the list of credential types shows it. */
	static async create(page: Page, url: string, type: string): Promise<CredentialForm> {
		await page.goto(`${url}/home/credentials`, { waitUntil: 'commit' });
		// An n8n without any credential shows another button in the middle of the page.
		await page
			.getByTestId('add-resource-credential')
			.or(page.getByTestId('empty-resources-list').getByRole('button'))
			.first()
			.click();
		await page.getByTestId('new-credential-type-select').getByRole('combobox').fill(type);
		await page.getByTestId('new-credential-type-select-option').filter({ hasText: type }).first().click();
		await page.getByTestId('new-credential-type-button').click();
		const form = page.getByTestId('credential-edit-dialog');
		await form.waitFor();
		return new CredentialForm(page, form);
	}

	async fill(fields: Readonly<Record<string, string>>): Promise<void> {
		for (const [name, value] of Object.entries(fields))
			await this.form.getByTestId(`parameter-input-${name}`).locator('input').fill(value);
	}

	/** Saves, which tests too, and gives the words of the box that says what came of it. */
	async save(): Promise<{ ok: boolean; words: string }> {
		return await this.verdict(this.page.getByTestId('credential-save-button'));
	}

	/** Presses the button that tests what was saved once more. */
	async test(): Promise<{ ok: boolean; words: string }> {
		return await this.verdict(this.form.getByRole('button', { name: 'Retry' }).filter({ visible: true }));
	}

	async close(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.form.waitFor({ state: 'hidden' });
	}

	private async verdict(button: Locator): Promise<{ ok: boolean; words: string }> {
		// The verdict of the test before stands there until n8n has answered.
		await Promise.all([this.page.waitForResponse(/\/rest\/credentials\/test$/), button.click()]);
		const passed = this.form.getByText('Connection tested successfully').filter({ visible: true });
		const failed = this.form.getByText('Couldn’t connect with these settings').filter({ visible: true });
		await passed.or(failed).first().waitFor();
		if (await passed.isVisible()) return { ok: true, words: await passed.innerText() };
		await this.form.getByText('More details').click();
		return { ok: false, words: await this.form.getByTestId('node-credentials-config-container').innerText() };
	}
}
