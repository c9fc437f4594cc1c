// Draws plots: reads [{file, spec}] from standard input and writes each as SVG. A module of its own kind, since Vega is one.
import { writeFileSync } from 'node:fs';
import { json } from 'node:stream/consumers';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

for (const { file, spec } of await json(process.stdin)) {
	const view = new View(parse(compile(spec).spec), { renderer: 'none' });
	writeFileSync(file, `${await view.toSVG()}\n`);
}
