import { eachItem } from '../../call';
import { asRecord } from '../../json';

/** GET /servers/getVersion */
export const getVersion = eachItem({
	name: 'Get Version',
	action: 'Get the version of the server',
	description: 'Get the version of MISP and what the key may do',
	fields: [],
	execute: async ({ misp }) => asRecord((await misp.get('/servers/getVersion')).body),
});
