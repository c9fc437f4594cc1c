import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';

// Of a hundred: as many colours as icons and text need on a plain ground.
const QUALITY = 90;

/** Keeps a screenshot as a PNG with a palette, at a quarter of its size. */
export async function keepPicture(screenshot: Buffer, path: string): Promise<void> {
	const small = sharp(screenshot)
		.flatten({ background: '#fff' })
		.png({ palette: true, quality: QUALITY, effort: 10, dither: 0 });
	await writeFile(path, await small.toBuffer());
}
