import { remedy } from './remedy';

export const stopIsolating = remedy({
	name: 'Stop Isolating',
	action: 'Stop isolating computers',
	description: 'Let isolated computers back on the network. One result for each computer: accepted means queued.',
	path: 'deisolate',
	confirmation: 'Whether you are sure: the computers can reach everything again, and so can what is on them',
	repeatable: true,
});
