import { randomBytes } from 'node:crypto';
import { CONTROL_TAGS, type EventState, type MispClient, type NewAttribute } from '../mispClient';
import { iocKey } from './keys';

/** The two events that the demo's analyst writes himself, and later has deleted and partly taken back. */
export interface AnalystEvents {
	/** Deleted as a whole: its control tag says so. */
	campaign: EventState;
	/** Stays, but for one attribute that is revoked. */
	botnet: EventState;
	/** Keys (see `iocKey`) of the IOCs that must be in Orion after the upload, and which of them must be gone in the end. */
	expected: { uploaded: string[]; gone: string[]; kept: string[]; never: string[] };
	revokedUuid: string;
}

/**
 * Adds the analyst's events to MISP. Their values are random, so that they belong to nobody and are in no other event;
 * one domain is in both, and must outlive the deletion of the first event.
 */
export async function addAnalystEvents(misp: MispClient): Promise<AnalystEvents> {
	const name = () => `misp-orion-demo-${randomBytes(8).toString('hex')}.com`;
	const lure = name();
	const shared = name();
	const controller = name();
	const mistake = name();
	const dropper = randomBytes(16).toString('hex');
	const payload = `https://${lure}/invoice/${randomBytes(4).toString('hex')}.exe`;

	const campaign = await misp.addEvent({
		info: 'Demo: phishing campaign with a fake invoice',
		threatLevel: 1,
		attributes: [
			network('domain', lure),
			network('domain', shared),
			network('url', payload),
			{ type: 'md5', category: 'Payload delivery', value: dropper, to_ids: true },
			{
				type: 'sha256',
				category: 'Payload delivery',
				value: randomBytes(32).toString('hex'),
				to_ids: true,
				comment: 'Orion takes MD5 only',
			},
		],
	});
	const botnet = await misp.addEvent({
		info: 'Demo: botnet controllers',
		threatLevel: 2,
		attributes: [
			network('hostname', controller),
			network('domain', shared),
			network('domain', mistake),
			network('ip-dst', '10.20.30.40', 'A private address: would match every network'),
			{ ...network('domain', name(), 'For context only'), to_ids: false },
		],
	});
	const [revoked] = await misp.attributes({ eventid: botnet.id, value: mistake });
	if (!revoked) throw new Error(`MISP did not keep the attribute ${mistake} of event ${botnet.id}`);

	const domain = (value: string) => iocKey('domain', value);
	const onlyInCampaign = [domain(lure), iocKey('url', payload), iocKey('hash', dropper)];
	return {
		campaign,
		botnet,
		revokedUuid: revoked.uuid,
		expected: {
			uploaded: [...onlyInCampaign, domain(shared), domain(controller), domain(mistake)],
			gone: [...onlyInCampaign, domain(mistake)],
			kept: [domain(shared), domain(controller)],
			never: [iocKey('ip', '10.20.30.40')],
		},
	};
}

/** The analyst changes his mind: one event is to be deleted from Orion, one attribute of the other was a mistake. */
export async function changeOfMind(misp: MispClient, { campaign, botnet, revokedUuid }: AnalystEvents): Promise<void> {
	await misp.tag(campaign.uuid, CONTROL_TAGS.delete);
	await misp.revoke(revokedUuid);
	// Editing an event takes it off publication; an analyst publishes it again when done.
	await misp.publish(botnet.id);
}

function network(type: string, value: string, comment?: string): NewAttribute {
	return { type, category: 'Network activity', value, to_ids: true, ...(comment === undefined ? {} : { comment }) };
}
