import type { Registry } from '../../shared/operation';
import type { MispCall } from '../call';
import * as attribute from './attribute';
import * as decayingModel from './decayingModel';
import * as event from './event';
import * as eventReport from './eventReport';
import * as feed from './feed';
import * as galaxy from './galaxy';
import * as galaxyCluster from './galaxyCluster';
import * as noticelist from './noticelist';
import * as object from './object';
import * as objectTemplate from './objectTemplate';
import * as organisation from './organisation';
import * as proposal from './proposal';
import * as request from './request';
import * as server from './server';
import * as sharingGroup from './sharingGroup';
import * as sighting from './sighting';
import * as tag from './tag';
import * as taxonomy from './taxonomy';
import * as user from './user';
import * as warninglist from './warninglist';

/** Resource → operation → module. The drop-downs, the fields and the router all follow from it. */
export const registry: Registry<MispCall> = {
	attribute: {
		name: 'Attribute',
		description: 'A value with its type, such as a domain or a hash: what other tools call an indicator',
		operations: attribute,
	},
	decayingModel: {
		name: 'Decaying Model',
		description: 'How fast indicators lose their score, and so their weight, with time',
		operations: decayingModel,
	},
	event: {
		name: 'Event',
		description: 'What belongs together, such as a campaign or a report: its attributes, objects and tags',
		operations: event,
	},
	eventReport: {
		name: 'Event Report',
		description: 'A text in Markdown that belongs to an event',
		operations: eventReport,
	},
	feed: { name: 'Feed', description: 'A source of events and indicators that MISP fetches', operations: feed },
	galaxy: {
		name: 'Galaxy',
		description: 'A collection of clusters of one kind, such as the threat actors or the techniques of MITRE ATT&CK',
		operations: galaxy,
	},
	galaxyCluster: {
		name: 'Galaxy Cluster',
		description: 'One threat actor, technique or piece of malware, which events and attributes can be marked with',
		operations: galaxyCluster,
	},
	noticelist: {
		name: 'Noticelist',
		description: 'What MISP tells users before they share something delicate, such as personal data',
		operations: noticelist,
	},
	object: {
		name: 'Object',
		description: 'Attributes that describe one thing together, such as a file with its name and hashes',
		operations: object,
	},
	objectTemplate: {
		name: 'Object Template',
		description: 'Which fields a kind of object has',
		operations: objectTemplate,
	},
	organisation: { name: 'Organisation', description: 'Who owns events and has users', operations: organisation },
	proposal: {
		name: 'Proposal',
		description: 'A change to an event of another organisation, which that one accepts or discards',
		operations: proposal,
	},
	request: { name: 'Request', description: 'Any call of the MISP API that has no operation here', operations: request },
	server: {
		name: 'Server',
		description: 'The MISP instance itself: version, settings, background jobs',
		operations: server,
	},
	sharingGroup: {
		name: 'Sharing Group',
		description: 'The organisations that see what is shared with the group',
		operations: sharingGroup,
	},
	sighting: {
		name: 'Sighting',
		description: 'The word of someone that an indicator was seen, or is a false positive',
		operations: sighting,
	},
	tag: { name: 'Tag', description: 'A label on events and attributes, such as tlp:red', operations: tag },
	taxonomy: {
		name: 'Taxonomy',
		description: 'A set of tags with a common meaning, such as the Traffic Light Protocol',
		operations: taxonomy,
	},
	user: { name: 'User', description: 'Who signs in to MISP', operations: user },
	warninglist: {
		name: 'Warninglist',
		description: 'Values that often are false positives, such as the addresses of public name servers',
		operations: warninglist,
	},
};
