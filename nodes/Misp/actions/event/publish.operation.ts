import { progressOf } from '../../../shared/progress';
import { eachItem } from '../../call';
import { eventLocator } from '../../descriptions/eventLocator';
import { limits } from '../../limits';
import { eventState, hidden, publishEvent } from '../../transport/publishing';

/** POST /events/publish/{event} or /events/alert/{event}, then looks until it is so. */
export const publish = eachItem({
	name: 'Publish',
	action: 'Publish an event',
	description: 'Publish an event and wait until MISP confirms it. One that is published already stays as it is.',
	concurrency: limits.concurrency,
	fields: [
		eventLocator,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Publish Again',
					name: 'again',
					type: 'boolean',
					default: false,
					description:
						'Whether to publish an event that is published already, so that it goes out to other instances once more',
				},
				{
					displayName: 'Send Alert E-Mails',
					name: 'alert',
					type: 'boolean',
					default: false,
					description: 'Whether MISP sends its users an e-mail about the event',
				},
				{
					displayName: 'Wait at Most (Seconds)',
					name: 'wait',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 60,
					description: 'How long to wait for the background worker that publishes',
				},
			],
		},
	],
	async execute({ item, misp, log }) {
		const event = item.locator('event');
		const { again, alert, wait } = item.options('options');
		const before = await eventState(misp, event);
		if (!before) throw hidden(event);
		if (before.published && again !== true) return report(before, true);
		const progress = progressOf(log, { task: 'MISP publication', unit: 'event', total: 1 });
		const after = await publishEvent(misp, before.uuid, {
			alert: alert === true,
			waitMs: Number(wait ?? 60) * 1000,
			waiting: () => progress.step(0, `event ${before.id}, ${before.info}`),
		});
		return report(after, before.published);
	},
});

const report = (
	{ id, uuid, info, published, publishTimestamp }: NonNullable<Awaited<ReturnType<typeof eventState>>>,
	wasPublished: boolean,
) => ({
	id,
	uuid,
	info,
	published,
	publish_timestamp: publishTimestamp,
	was_published: wasPublished,
});
