import type { Registry } from '../../shared/operation';
import type { MispCall } from '../call';
import * as attribute from './attribute';
import * as event from './event';
import * as feed from './feed';
import * as server from './server';
import * as tag from './tag';

/** Resource → operation → module. The drop-downs, the fields and the router all follow from it. */
export const registry: Registry<MispCall> = {
	attribute: { name: 'Attribute', operations: attribute },
	event: { name: 'Event', operations: event },
	feed: { name: 'Feed', operations: feed },
	server: { name: 'Server', operations: server },
	tag: { name: 'Tag', operations: tag },
};
