import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { chunk } from '../../../shared/chunk';
import type { Result } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { Row } from '../../answers/row';
import { rowsOf, textIn } from '../../answers/row';
import type { OrionCall } from '../../call';
import { allItems } from '../../call';
import { limits } from '../../limits';
import type { OrionProblem } from '../../transport/answer';
import { paths } from '../../transport/paths';

interface Remedy {
	name: string;
	action: string;
	description: string;
	path: 'isolate' | 'deisolate' | 'reboot';
	/** What the person confirms. */
	confirmation: string;
	/** Whether it does no harm twice, so that it may be sent again where no answer came. */
	repeatable: boolean;
}

/**
 * POST /applications/remediations/muids/{action}. Orion answers for each computer whether it took the request, which is not yet
 * done then: a computer that is off does it when it is back.
 */
export const remedy = ({ path, confirmation, repeatable, ...texts }: Remedy) =>
	allItems({
		...texts,
		destructive: true,
		fields: [
			{
				displayName: 'MUIDs',
				name: 'muids',
				type: 'string',
				required: true,
				default: '',
				placeholder: '={{ $json.muid }}',
				description:
					"Orion's IDs of the computers: a list, or text with commas. Each computer is asked for once, however many items name it.",
			},
			{
				displayName: 'Confirm',
				name: 'confirm',
				type: 'boolean',
				noDataExpression: true,
				default: false,
				description: confirmation,
			},
		],
		async execute({ item, orion, hint }, items, calls) {
			if (!item.flag('confirm'))
				throw new Problem(
					'"Confirm" is off, so no computer was touched',
					'Switch on "Confirm" in this node once you are sure that it gets the right computers.',
					'not_confirmed',
				);
			const { computers, without } = computersOf(items, calls);
			const results: Result[] = without.map((from) =>
				resultOf(from, { muid: null, accepted: false, message: 'The item names no computer' }),
			);
			let stopped: OrionProblem | undefined;
			for (const part of chunk(computers, limits.computersPerRequest)) {
				const reading = stopped
					? undefined
					: await orion.ask({
							method: 'POST',
							path: paths.remedy(path),
							body: { MUIDs: part.map(({ muid }) => muid) },
							repeatable,
						});
				if (reading?.kind === 'problem') stopped = clarified(reading.problem, repeatable);
				const rows = reading?.kind === 'data' ? rowsOf(reading.body) : [];
				results.push(
					...part.map(({ muid, from }) =>
						resultOf(from, {
							action: path,
							muid,
							...(stopped ? { accepted: false, message: stopped.message } : verdictOn(muid, rows)),
						}),
					),
				);
			}
			const accepted = results.filter(({ json }) => json.accepted === true).length;
			if (stopped && accepted === 0) throw new Problem(stopped.message, stopped.advice, stopped.code);
			if (accepted < results.length)
				hint(
					`Orion did not take the request for ${results.length - accepted} of ${results.length} computers: see "message" of each.`,
					'warning',
				);
			return results;
		},
	});

interface NamedComputer {
	muid: string;
	/** The items that name it. */
	from: number[];
}

function computersOf(
	items: readonly INodeExecutionData[],
	calls: (index: number) => OrionCall,
): { computers: NamedComputer[]; without: number[] } {
	const computers = new Map<string, NamedComputer>();
	const without: number[] = [];
	for (const index of items.keys()) {
		const muids = calls(index).item.list('muids');
		if (muids.length === 0) without.push(index);
		for (const muid of muids) {
			const known = computers.get(muid.toUpperCase()) ?? { muid, from: [] };
			computers.set(muid.toUpperCase(), known);
			if (!known.from.includes(index)) known.from.push(index);
		}
	}
	return { computers: [...computers.values()], without };
}

const resultOf = (from: number | number[], json: IDataObject): Result => ({ json, from });

function verdictOn(muid: string, rows: readonly Row[]): IDataObject {
	const row = rows.find((one) => textIn(one, 'muid').toUpperCase() === muid.toUpperCase());
	if (!row) return { accepted: false, message: "Orion's answer does not mention this computer" };
	if (/^true$/i.test(textIn(row, 'requestAccepted'))) return { accepted: true };
	return {
		accepted: false,
		message: textIn(row, 'errorMessage') || 'Orion did not say why',
		errorCode: textIn(row, 'errorCode') || null,
	};
}

/** Where the answer is missing, nobody knows whether Orion took the request: that has to be said of what is not sent again. */
function clarified(problem: OrionProblem, repeatable: boolean): OrionProblem {
	const isUnclear = ['no_answer', 'unavailable', 'unreadable'].includes(problem.code);
	if (repeatable || !isUnclear) return problem;
	return {
		...problem,
		message: `${problem.message}. Whether Orion took the request is not known, so it was not sent again`,
		advice: "See in Orion's console what became of the computers before you run this again.",
	};
}
