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
	attribute: { name: 'Attribute', operations: attribute },
	decayingModel: { name: 'Decaying Model', operations: decayingModel },
	event: { name: 'Event', operations: event },
	eventReport: { name: 'Event Report', operations: eventReport },
	feed: { name: 'Feed', operations: feed },
	galaxy: { name: 'Galaxy', operations: galaxy },
	galaxyCluster: { name: 'Galaxy Cluster', operations: galaxyCluster },
	noticelist: { name: 'Noticelist', operations: noticelist },
	object: { name: 'Object', operations: object },
	objectTemplate: { name: 'Object Template', operations: objectTemplate },
	organisation: { name: 'Organisation', operations: organisation },
	proposal: { name: 'Proposal', operations: proposal },
	request: { name: 'Request', operations: request },
	server: { name: 'Server', operations: server },
	sharingGroup: { name: 'Sharing Group', operations: sharingGroup },
	sighting: { name: 'Sighting', operations: sighting },
	tag: { name: 'Tag', operations: tag },
	taxonomy: { name: 'Taxonomy', operations: taxonomy },
	user: { name: 'User', operations: user },
	warninglist: { name: 'Warninglist', operations: warninglist },
};
