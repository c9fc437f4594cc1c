import type { INodeProperties } from 'n8n-workflow';
import type { EachItem } from '../../shared/operation';
import { Outcomes } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { MispCall } from '../call';
import { eachItem } from '../call';
import { readFilters } from '../descriptions/searchFilters';
import { limits } from '../limits';
import { exportFormat, exportFormats } from '../search/formats';
import { bodyOf } from '../transport/search';

interface Exporting {
	scope: 'attributes' | 'events';
	action: string;
	description: string;
	filters: INodeProperties;
}

/** The operation Export of a resource: a search whose answer is a file. */
export const exporting = ({ scope, action, description, filters }: Exporting): EachItem<MispCall> =>
	eachItem({
		name: 'Export',
		action,
		description,
		fields: [
			{
				displayName: 'Format',
				name: 'format',
				type: 'options',
				options: exportFormats
					.filter(({ scopes }) => scopes.includes(scope))
					.map(({ name, value, description: meaning }) => ({ name, value, description: meaning })),
				default: 'csv',
				description: 'The format of the file',
			},
			filters,
			{
				displayName: 'Put Output File in Field',
				name: 'binaryField',
				type: 'string',
				required: true,
				default: 'data',
				hint: 'The name of the output binary field to put the file in',
			},
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: `misp-${scope}.csv`,
				description: 'Name of the file; without one it is made of what was exported and the format',
			},
		],
		async execute({ item, misp, file, hint }) {
			const format = exportFormat(item.text('format'));
			const { filters: given, extra } = readFilters(item);
			// Left out, MISP takes published events only for some formats; “Any”, chosen on purpose, means both.
			const published = item.options('filters').published === 'any' ? { published: [0, 1] } : {};
			const body = { ...bodyOf(scope, given, extra), ...published, returnFormat: format.value };
			const answer = await misp.post(`/${scope}/restSearch`, body, { binary: true, timeoutMs: limits.longTimeoutMs });
			if (!(answer.body instanceof Uint8Array))
				throw new Problem('MISP answered without a file', 'Try another format.', 'no_file');
			const fileName = item.text('fileName') || `misp-${scope}.${format.extension}`;
			if (answer.body.length === 0) hint('MISP found nothing to put into the file.', 'warning');
			const binary = {
				[item.required('binaryField', 'Put Output File in Field')]: await file(answer.body, fileName, format.mimeType),
			};
			return new Outcomes([
				{ json: { format: format.value, fileName, mimeType: format.mimeType, bytes: answer.body.length }, binary },
			]);
		},
	});
