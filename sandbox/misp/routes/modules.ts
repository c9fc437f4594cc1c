import { internal, notAllowed } from '../answers';
import { fields, type Controller } from '../call';

/** No misp-modules server is connected, as on a plain installation. */
export const modules: Controller = {
	index: {
		run: () => {
			throw internal();
		},
	},
	queryEnrichment: {
		run: (call) => {
			if (fields(call)['module'] === undefined)
				throw notAllowed('No module chosen. The request body has to have the module key set.');
			throw notAllowed('Module not found or not available.');
		},
	},
};
