import { remedy } from './remedy';

export const isolate = remedy({
	name: 'Isolate',
	action: 'Isolate computers',
	description:
		'Cut computers off the network, except for the protection itself. One result for each computer: accepted means queued, and a computer that is off follows when it is back.',
	path: 'isolate',
	confirmation: 'Whether you are sure: the computers can reach nothing and nobody until they are let back',
	repeatable: true,
});
