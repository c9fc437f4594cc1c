import type { Page } from 'playwright-core';

const MARGIN = 20;
/** n8n's nodes stay legible down to a third of their size. */
const WIDTH = 1280;
/** A picture that is higher than this is shown smaller: it is looked at for its shape. */
const HEIGHT = 1800;
const LARGEST_SCALE = 0.75;

const MARK = '/* for a picture */';
const UNSTYLE = `[...document.querySelectorAll('style')].filter((one) => one.textContent.startsWith('${MARK}')).forEach((one) => one.remove())`;

// Only what was drawn: no menus, no buttons, no dots behind it.
const PLAIN = `${MARK}
body { background: #fff; }
body * { visibility: hidden; }
[data-test-id=canvas-wrapper] { position: fixed !important; inset: 0 !important; width: auto !important; height: auto !important; }
.vue-flow__transformationpane, .vue-flow__transformationpane * { visibility: visible; }
[data-test-id=canvas-background], [data-test-id=canvas-node-toolbar], [data-test-id=canvas-handle-plus-wrapper],
[data-test-id^=execute-workflow-button] { display: none !important; }
`;

interface Box {
	left: number;
	top: number;
	width: number;
	height: number;
}

// What is drawn, in the canvas's own measure. A text, since it runs in the page, whose names TypeScript does not know here.
const MEASURE = `(() => {
	const pane = document.querySelector('.vue-flow__transformationpane');
	const { a: scale, e, f } = new DOMMatrix(getComputedStyle(pane).transform);
	const origin = pane.parentElement.getBoundingClientRect();
	const drawn = [...pane.querySelectorAll('.vue-flow__node, .vue-flow__node *, .vue-flow__edge-path')]
		.filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
		.map((one) => one.getBoundingClientRect())
		.filter(({ width, height }) => width > 0 || height > 0);
	const left = Math.min(...drawn.map((rect) => rect.left));
	const top = Math.min(...drawn.map((rect) => rect.top));
	return {
		left: (left - origin.left - e) / scale,
		top: (top - origin.top - f) / scale,
		width: (Math.max(...drawn.map((rect) => rect.right)) - left) / scale,
		height: (Math.max(...drawn.map((rect) => rect.bottom)) - top) / scale,
	};
})()`;

/** The whole canvas of the workflow that is open, as a PNG that is as high as the drawing needs. */
export async function canvasPicture(page: Page): Promise<Buffer> {
	const before = page.viewportSize();
	await page.getByTestId('zoom-to-fit').click();
	// A connection under the mouse is dark and has buttons, for a moment longer.
	await page.mouse.move(0, 0);
	await page.getByTestId('canvas-edge-toolbar').first().waitFor({ state: 'hidden' });
	await page.addStyleTag({ content: PLAIN });
	const box = await page.evaluate<Box>(MEASURE);
	const scale = Math.min(LARGEST_SCALE, (WIDTH - 2 * MARGIN) / box.width, (HEIGHT - 2 * MARGIN) / box.height);
	const size = {
		width: Math.ceil(box.width * scale) + 2 * MARGIN,
		height: Math.ceil(box.height * scale) + 2 * MARGIN,
	};
	const [x, y] = [MARGIN - box.left * scale, MARGIN - box.top * scale];
	await page.addStyleTag({
		content: `${MARK} .vue-flow__transformationpane { transform: translate(${x}px, ${y}px) scale(${scale}) !important; }`,
	});
	await page.setViewportSize(size);
	const picture = await page.screenshot({ animations: 'disabled' });
	await page.evaluate(UNSTYLE);
	if (before) await page.setViewportSize(before);
	return picture;
}
