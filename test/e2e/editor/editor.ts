import type { Locator, Page } from 'playwright-core';
import { Panel } from './panel';

/** n8n's editor, as a person uses it. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	async logIn({ email, password }: { email: string; password: string }): Promise<void> {
		await this.page.goto(this.url);
		await this.page.fill('input[name=emailOrLdapLoginId]', email);
		await this.page.fill('input[name=password]', password);
		await this.page.getByTestId('form-submit-button').click();
		await this.page.waitForURL(/\/home\//, { waitUntil: 'commit' });
	}

	/** A new workflow, filled from a file by the menu Import > From file. It is there once n8n has saved it, which it does by itself. */
	async importFile(path: string): Promise<void> {
		await this.newWorkflow();
		await this.page.getByTestId('workflow-menu').click();
		await this.page.getByTestId('workflow-menu-item-import').click();
		const [chooser] = await Promise.all([
			this.page.waitForEvent('filechooser'),
			this.page.getByTestId('workflow-menu-item-import-from-file').click(),
		]);
		await Promise.all([
			this.page.waitForResponse(
				(answer) => answer.request().method() === 'POST' && answer.ok() && /\/rest\/workflows$/.test(answer.url()),
			),
			chooser.setFiles(path),
		]);
		await this.nodes.first().waitFor();
	}

	get nodes(): Locator {
		return this.page.getByTestId('canvas-node');
	}

	nodeNamed(name: string): Locator {
		return this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	}

	/** How many nodes there are, and how many of them the editor marks as unknown or as not ready to run. */
	async state(): Promise<{ nodes: number; unknown: number; withIssues: number }> {
		return {
			nodes: await this.nodes.count(),
			unknown: await this.page.getByTestId('node-not-installed').count(),
			withIssues: await this.page.getByTestId('node-issues').count(),
		};
	}

	async open(node: string): Promise<Panel> {
		// Nodes of a large workflow can lie outside of what is shown.
		await this.page.getByTestId('zoom-to-fit').click();
		await this.nodeNamed(node).dblclick();
		const panel = new Panel(this.page);
		await panel.root.getByTestId('node-parameters').waitFor();
		return panel;
	}

	/** Presses Execute workflow at one trigger and waits for the end of the run. */
	async execute(trigger: string): Promise<void> {
		await this.nodeNamed(trigger).hover();
		await this.page.getByTestId(`execute-workflow-button-${trigger}`).click();
		await this.page.getByTestId('clear-execution-data-button').waitFor();
	}

	/** How many nodes the last run marked in red. */
	async failed(): Promise<number> {
		return await this.page.getByTestId('canvas-node-status-error').count();
	}

	/** What stands on the connection between two nodes after a run, such as "3 items". */
	async flowed(from: string, to: string): Promise<string[]> {
		return await this.page
			.locator(`[data-test-id=edge-label][data-source-node-name="${from}"][data-target-node-name="${to}"]`)
			.allInnerTexts();
	}

	/** Types words into the list of nodes of a new workflow, and waits until it offers a node of this name. */
	async findNode(words: string, node: string): Promise<void> {
		await this.newWorkflow();
		await this.page.getByTestId('canvas-add-button').first().click();
		await this.page.getByTestId('node-creator-search-bar').fill(words);
		await this.page
			.getByTestId('node-creator-item-name')
			.filter({ has: this.page.getByText(node, { exact: true }) })
			.or(this.page.getByTestId('node-creator-item-name').getByText(node, { exact: true }))
			.first()
			.waitFor();
		await this.page.keyboard.press('Escape');
	}

	private async newWorkflow(): Promise<void> {
		const before = this.page.url();
		await this.page.getByTestId('universal-add').click();
		await this.page.getByTestId('navigation-menu-item').filter({ hasText: 'New workflow' }).click();
		// n8n saves by itself, a little later. Who leaves before that is asked.
		const asked = this.page.getByText('Save changes before leaving?');
		await this.page.waitForFunction(
			`location.href !== ${JSON.stringify(before)} || document.body.innerText.includes('Save changes before leaving?')`,
		);
		if (await asked.isVisible()) await this.page.getByRole('button', { name: 'Save', exact: true }).click();
		await this.page.waitForURL((address) => address.href !== before && address.pathname.startsWith('/workflow/'), {
			waitUntil: 'commit',
		});
		// Shown once the editor knows the credentials, which it picks for the nodes of an imported workflow.
		await this.page.getByTestId('canvas-add-button').first().waitFor();
	}
}
