import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MispSandbox } from './misp';
import type { OrionSandbox } from './orion';
import { mispCredential, orionCredential } from './standIns';

/** How to reach the servers, in the forms that n8n and a shell read. The files are for the owner's eyes only. */
export interface Notes {
	files: string[];
	remove(): Promise<void>;
}

export async function writeNotes(
	folder: string,
	{ misp, orion, console }: { misp: MispSandbox; orion: OrionSandbox; console: { url: string } },
): Promise<Notes> {
	// The names that n8n gives new credentials: those that the workflows ask for.
	const credentials = [
		{
			...mispCredential({ url: misp.url, key: misp.keys.admin }),
			id: 'mispSandbox',
			name: 'MISP Instance account',
		},
		{
			...orionCredential({ ...orion, ...orion.credentials }),
			id: 'orionSandbox',
			name: 'Cytomic Orion account',
		},
	];
	const variables = { MISP_URL: misp.url, MISP_KEY: misp.keys.admin, ORION_CONSOLE: console.url };
	const contents = new Map([
		[join(folder, 'credentials.json'), JSON.stringify(credentials, null, '\t')],
		[
			join(folder, 'servers.env'),
			Object.entries(variables)
				.map(([name, value]) => `export ${name}='${value}'\n`)
				.join(''),
		],
	]);
	await mkdir(folder, { recursive: true });
	for (const [file, content] of contents) await writeFile(file, content, { mode: 0o600 });
	const files = [...contents.keys()];
	return { files, remove: async () => void (await Promise.all(files.map((file) => rm(file, { force: true })))) };
}
