import { remedy } from './remedy';

export const reboot = remedy({
	name: 'Reboot',
	action: 'Reboot computers',
	description:
		'Restart computers. One result for each computer: accepted means queued. It is never sent twice: where no answer came, look in the console first.',
	path: 'reboot',
	confirmation: 'Whether you are sure: people at the computers may lose their work',
	repeatable: false,
});
