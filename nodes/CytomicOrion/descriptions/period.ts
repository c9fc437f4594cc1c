import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../shared/parameters';
import { Problem } from '../../shared/problem';
import { timeOf } from '../answers/time';
import type { Span } from '../indicators/span';
import { zonedTime } from '../indicators/zonedTime';

export const periodFields: INodeProperties[] = [
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		options: [
			{ name: 'Between Two Times', value: 'between', description: 'From one time to another, however far apart' },
			{ name: 'Last Days', value: 'lastDays', description: 'Up to now' },
		],
		default: 'lastDays',
		description: 'The time in which the indicators were raised. Orion is asked month by month.',
	},
	{
		displayName: 'Days',
		name: 'days',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 3 },
		displayOptions: { show: { period: ['lastDays'] } },
		default: 7,
		description: 'How many days back; 0.5 for twelve hours',
	},
	{
		displayName: 'From',
		name: 'from',
		type: 'dateTime',
		required: true,
		displayOptions: { show: { period: ['between'] } },
		default: '',
		description: 'The earliest time',
	},
	{
		displayName: 'To',
		name: 'to',
		type: 'dateTime',
		displayOptions: { show: { period: ['between'] } },
		default: '',
		description: 'The latest time; now where it is empty',
	},
];

const dayInMs = 86_400_000;

/** @throws Problem where it is no stretch of time */
export function readPeriod(item: Parameters, now: number, timezone: string): Span {
	if (item.text('period') !== 'between') {
		const days = item.number('days');
		if (Number.isFinite(days) && days > 0) return { from: Math.round(now - days * dayInMs), to: now };
		throw new Problem(`"Days" is ${item.text('days')}`, 'Enter a number above 0.', 'bad_number');
	}
	const from = readTime(item, 'from', 'From', timezone);
	const to = item.text('to') === '' ? now : readTime(item, 'to', 'To', timezone);
	if (from <= to) return { from, to };
	throw new Problem('"From" is later than "To"', 'Enter the earlier time under "From".', 'bad_time');
}

function readTime(item: Parameters, name: string, displayName: string, timezone: string): number {
	const text = item.required(name, displayName);
	const time = zonedTime(text, timezone) ?? timeOf(text);
	if (time !== undefined) return time;
	throw new Problem(
		`"${displayName}" is "${text.slice(0, 40)}", which is no time`,
		'Enter a time such as 2026-01-31T00:00:00 or 2026-01-31T00:00:00Z.',
		'bad_time',
	);
}
