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

	/** A new workflow, filled from a file by the menu Import > From file. n8n saves it by itself. */
	async importFile(path: string, nodes: number): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`, { waitUntil: 'commit' });
		await this.page.getByTestId('canvas-add-button').first().waitFor();
		// Until then the editor does not know the credentials that it picks for the nodes.
		await this.page.waitForLoadState('networkidle');
		await this.page.getByTestId('workflow-menu').click();
		await this.page.getByTestId('workflow-menu-item-import').click();
		const [chooser] = await Promise.all([
			this.page.waitForEvent('filechooser'),
			this.page.getByTestId('workflow-menu-item-import-from-file').click(),
		]);
		await chooser.setFiles(path);
		await this.nodes.nth(nodes - 1).waitFor({ state: 'attached' });
		await this.page.waitForURL((address) => /\/workflow\/(?!new)\w+/.test(address.pathname), { waitUntil: 'commit' });
	}

	get nodes(): Locator {
		return this.page.getByTestId('canvas-node');
	}

	nodeNamed(name: string): Locator {
		return this.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);
	}

	/** Nodes that the editor marks as unknown or as not ready to run. */
	async troubled(): Promise<{ unknown: number; withIssues: number }> {
		return {
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

	async failed(): Promise<number> {
		return await this.page.getByTestId('canvas-node-status-error').count();
	}

	/** What the list of nodes finds for these words. */
	async findNodes(words: string): Promise<string[]> {
		await this.page.goto(`${this.url}/workflow/new`, { waitUntil: 'commit' });
		await this.page.getByTestId('canvas-add-button').first().click();
		await this.page.getByTestId('node-creator-search-bar').fill(words);
		const found = this.page.getByTestId('node-creator-item-name');
		await found.first().waitFor();
		return await found.allInnerTexts();
	}

	/** What stands on the connection between two nodes after a run, such as "3 items". */
	async flowed(from: string, to: string): Promise<string[]> {
		return await this.page
			.locator(`[data-test-id=edge-label][data-source-node-name="${from}"][data-target-node-name="${to}"]`)
			.allInnerTexts();
	}
}
