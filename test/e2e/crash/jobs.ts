import { startedByWebhook, type Workflow } from '../../../sandbox/n8n/workflow';
import { workflowNamed } from '../../../sandbox/workflows';
import { bystanders, carries, heldBy, type Ioc, iocs, TAGS, type World } from './world';

/** Work that is broken off: the state it starts from, and what must hold however far it came. */
export interface Job {
	readonly name: string;
	/** IOCs to upload or to delete. */
	readonly size: number;
	/** Its workflow, started by a webhook of this path. */
	workflow(path: string): Promise<Workflow>;
	/** Fills a new world, and returns the rules for it. */
	seed(world: World): Rules;
}

export interface Rules {
	/** Which rules are broken at this moment: an empty list, whatever happened. */
	broken(): string[];
	/** The share of events that still carry the tag of the job, 0 to 1. */
	left(): number;
}

const EVENTS = 25;
const PER_EVENT = 200;
const SIZE = EVENTS * PER_EVENT;
// Orion refuses one IOC in each of so many events.
const REFUSED_EVERY = 5;
const TTL_DAYS = 365;

const template = (name: string) => async (path: string) => startedByWebhook(await workflowNamed(name), path);

/** 25 events with the upload tag, half of them with a global one, and attributes that carry it themselves. */
function toUpload({ misp, orion }: World): Rules {
	const tagged: Array<{ name: string; thing: Parameters<typeof carries>[0]; iocs: readonly Ioc[] }> = [];
	for (let n = 0; n < EVENTS; n++) {
		const own = iocs(n * PER_EVENT, PER_EVENT);
		const refused = `refused-${n}.crash-test.com`;
		if (n % REFUSED_EVERY === 0) orion.refuse(refused);
		const event = misp.store.addEvent({
			info: `Event ${n}`,
			published: true,
			tags: [{ name: TAGS.upload, local: n % 2 === 0 }],
			attributes: [
				...own.map(({ attribute }) => attribute),
				...bystanders(n),
				...(n % REFUSED_EVERY === 0 ? [{ type: 'domain', value: refused, to_ids: true }] : []),
			],
		});
		tagged.push({ name: event.info, thing: event, iocs: own });
	}
	const single = iocs(SIZE, 8);
	const partly = misp.store.addEvent({
		info: 'Some attributes only',
		published: true,
		attributes: single.map(({ attribute }, n) => ({
			...attribute,
			tags: n % 2 === 0 ? [{ name: TAGS.upload, local: n % 4 === 0 }] : [],
		})),
	});
	partly.attributes.forEach((attribute, n) => {
		if (n % 2 === 0) tagged.push({ name: attribute.value, thing: attribute, iocs: single.slice(n, n + 1) });
	});
	const others = misp.store.addEvent({
		info: 'Not to be uploaded',
		published: true,
		attributes: iocs(SIZE + 100, 50).map(({ attribute }) => attribute),
	});

	const wanted = new Set(tagged.flatMap((one) => one.iocs.map(({ value }) => value)));
	return {
		left: () => tagged.filter(({ thing }) => carries(thing, TAGS.upload)).length / tagged.length,
		broken() {
			const held = heldBy(orion);
			const missing = ({ iocs: own }: (typeof tagged)[number]) => own.filter(({ value }) => !held.has(value)).length;
			return [
				...tagged.flatMap((one) => {
					const settled = !carries(one.thing, TAGS.upload) || carries(one.thing, TAGS.uploaded);
					return settled && missing(one) > 0 ? [`${one.name} counts as uploaded, and lacks ${missing(one)}`] : [];
				}),
				...[...held].filter((value) => !wanted.has(value)).map((value) => `${value} should not be in Orion`),
				...[partly, others]
					// An attribute that loses a global tag unpublishes its event too, which carries that mark meanwhile.
					.filter(({ tags }) => tags.some(({ tag }) => tag.name !== TAGS.publishAgain))
					.map(({ info }) => `${info} was tagged`),
			];
		},
	};
}

const KEPT_EVENTS = 5;
const SHARED = 3;

/** 30 uploaded events of which 25 carry the delete tag. Some IOCs of those are wanted by others too, and some of the others' were revoked. */
function toDelete({ misp, orion }: World): Rules {
	const events = Array.from({ length: EVENTS + KEPT_EVENTS }, (_, n) => {
		const doomed = n < EVENTS;
		const own = iocs(n * PER_EVENT, PER_EVENT);
		const shared = n === EVENTS ? iocs(0, SHARED) : [];
		const revoked = n === EVENTS + 1 ? iocs(SIZE * 2, 2) : [];
		const event = misp.store.addEvent({
			info: `Event ${n}`,
			published: true,
			tags: [{ name: TAGS.uploaded, local: true }, ...(doomed ? [{ name: TAGS.delete, local: n % 2 === 0 }] : [])],
			attributes: [
				...[...own, ...shared].map(({ attribute }) => attribute),
				...revoked.map(({ attribute }, r) =>
					r === 0 ? { ...attribute, deleted: true } : { ...attribute, to_ids: false },
				),
				...bystanders(n).map((bystander) => ({
					...bystander,
					tags: [{ name: TAGS.notUploaded, local: true }],
				})),
			],
		});
		for (const { orionType, value } of [...own, ...revoked])
			orion.iocs.put(orionType, {
				value,
				daysToExpiration: TTL_DAYS,
				additionalData: '',
				source: 'MISP',
				policy: '',
				description: '',
			});
		return { event, doomed, own, revoked };
	});
	const doomed = events.filter((one) => one.doomed);
	const kept = events.filter((one) => !one.doomed);
	const stay = new Set([...kept.flatMap(({ own }) => own), ...iocs(0, SHARED)].map(({ value }) => value));

	return {
		left: () => doomed.filter(({ event }) => carries(event, TAGS.delete)).length / doomed.length,
		broken() {
			const held = heldBy(orion);
			return [
				...doomed.flatMap(({ event, own }) => {
					const settled =
						!carries(event, TAGS.delete) || carries(event, TAGS.deleted) || !carries(event, TAGS.uploaded);
					const left = own.filter(({ value }) => held.has(value) && !stay.has(value)).length;
					return settled && left > 0 ? [`${event.info} counts as deleted, and ${left} are still there`] : [];
				}),
				...[...stay].filter((value) => !held.has(value)).map((value) => `${value} should have stayed`),
				...kept.flatMap(({ event, revoked }) => [
					...(carries(event, TAGS.uploaded) && event.tags.length === 1 ? [] : [`${event.info} was tagged`]),
					...event.attributes
						.filter((attribute) => revoked.some(({ value }) => value === attribute.value))
						.filter((attribute) => carries(attribute, TAGS.notUploaded) && held.has(attribute.value))
						.map(({ value }) => `${value} counts as revoked, and is still there`),
				]),
			];
		},
	};
}

/** A workflow of the sync node alone: the job in one piece. */
const oneNode =
	(operation: string) =>
	async (path: string): Promise<Workflow> =>
		startedByWebhook(
			{
				name: `Sync: ${operation}`,
				nodes: [
					{
						id: 'clock',
						name: 'Every 15 minutes',
						type: 'n8n-nodes-base.scheduleTrigger',
						typeVersion: 1.2,
						position: [0, 0],
						parameters: {},
					},
					{
						id: 'sync',
						name: 'MISP to Orion Sync',
						type: 'n8n-nodes-misp-cytomic-orion.mispOrionSync',
						typeVersion: 1,
						position: [200, 0],
						parameters: { operation },
					},
				],
				connections: {
					'Every 15 minutes': { main: [[{ node: 'MISP to Orion Sync', type: 'main', index: 0 }]] },
				},
				settings: { executionOrder: 'v1' },
			},
			path,
		);

export const upload: Job = { name: 'upload-iocs', size: SIZE, workflow: template('upload-iocs'), seed: toUpload };
export const remove: Job = { name: 'delete-iocs', size: SIZE, workflow: template('delete-iocs'), seed: toDelete };
export const syncUpload: Job = { name: 'sync-upload', size: SIZE, workflow: oneNode('upload'), seed: toUpload };
export const syncRemove: Job = { name: 'sync-delete', size: SIZE, workflow: oneNode('delete'), seed: toDelete };
