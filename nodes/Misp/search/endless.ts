import { Problem } from '../../shared/problem';

/**
 * After so many pages in a row that bring nothing new, and say nothing of suppressed rows, the server is taken to ignore paging:
 * it would be asked for ever. A MISP that does not tell how many rows a warninglist took out may send some hundred empty pages.
 */
export const mostIdlePages = 1000;

export const endless = (): Problem =>
	new Problem(
		'MISP says that there is more, page after page, and sends nothing new',
		'Check what answers at the URL in the credential: a proxy may ignore the body of requests.',
		'endless_pages',
	);
