import { isRecord } from '../../json';
import { internal, MispError, notAllowed, notFound, ok, redirect, type Answer } from '../answers';
import { isSiteAdmin } from '../auth';
import { fields, textOf, type Call, type Controller } from '../call';
import { modelShape, type DecayingModel, type DecayParameters } from '../decaying';
import { asList, isOn } from '../filters';

const editable = (call: Call, model: DecayingModel): boolean =>
	isSiteAdmin(call.user) || (model.org === call.user.org && call.user.role.permissions.has('admin'));
const full = (call: Call, model: DecayingModel) => ({
	DecayingModel: { ...modelShape(model), isEditable: editable(call, model) },
	DecayingModelMapping: [],
});

function pick(call: Call): DecayingModel {
	const model = call.server.decaying.find(call.args[0]);
	if (!model) throw notFound('No Decaying Model with the provided ID exists');
	return model;
}

function setEnabled(enabled: boolean) {
	return (call: Call): Answer => {
		const model = pick(call);
		// `data` shows the model as it was before.
		const data = full(call, model);
		model.enabled = enabled;
		const message = enabled ? 'Decaying model enabled' : 'Decaying model disabled';
		return ok({
			saved: true,
			success: true,
			name: message,
			message,
			url: `/decaying_models/${enabled ? 'enable' : 'disable'}/${model.id}`,
			data,
			id: String(model.id),
		});
	};
}

function parametersOf(given: unknown): DecayParameters {
	// Sent as text it fails in 2.5.1.
	if (!isRecord(given)) throw internal();
	const number = (key: string, otherwise: number): number => (typeof given[key] === 'number' ? given[key] : otherwise);
	return {
		lifetime: number('lifetime', 30),
		decay_speed: number('decay_speed', 2),
		threshold: number('threshold', 30),
		default_base_score: number('default_base_score', 80),
		base_score_config: given['base_score_config'] ?? [],
		settings: given['settings'] ?? [],
	};
}

function add(call: Call): Answer {
	const given = fields(call, 'DecayingModel');
	const name = textOf(given['name']);
	if (name === undefined) throw notAllowed('The model must have a name');
	const model = call.server.decaying.add({
		name,
		description: textOf(given['description']) ?? '',
		formula: textOf(given['formula']) ?? 'polynomial',
		version: textOf(given['version']) ?? '1',
		parameters: parametersOf(given['parameters']),
		attributeTypes: asList(given['attribute_types']).map(String),
		enabled: given['enabled'] === undefined ? true : isOn(given['enabled']),
		isDefault: false,
		org: call.user.org,
		allOrgs: given['all_orgs'] === undefined ? true : isOn(given['all_orgs']),
		ref: [],
	});
	return ok({ data: full(call, model), action: 'add' });
}

function remove(call: Call): Answer {
	call.server.decaying.delete(pick(call));
	return redirect(`${call.server.baseUrl}/decayingModel`);
}

function exportModel(call: Call): Answer {
	const model = pick(call);
	const { id: _id, uuid: _uuid, org_id: _org, ...shape } = modelShape(model);
	return ok({ DecayingModel: { ...shape, isEditable: editable(call, model) } });
}

/** JSON text in a wrapper; the model as it is cannot be decoded. */
function importModel(call: Call): Answer {
	const wrapper = isRecord(call.body) ? call.body['DecayingModel'] : undefined;
	const text = isRecord(wrapper) ? wrapper['json'] : undefined;
	if (typeof text !== 'string') throw notAllowed('Error while decoding JSON');
	const body: unknown = JSON.parse(text);
	add({ ...call, body });
	return redirect(`${call.server.baseUrl}/decayingModel`);
}

export const decayingModel: Controller = {
	index: {
		run: (call) =>
			ok(
				call.server.decaying.models.map((model) => ({
					DecayingModel: modelShape(model),
					DecayingModelMapping: [],
				})),
			),
	},
	getAllDecayingModels: {
		run: (call) =>
			ok(
				call.server.decaying.models.map((model) => ({
					DecayingModel: full(call, model).DecayingModel,
				})),
			),
	},
	view: { run: (call) => ok(full(call, pick(call))) },
	export: { run: exportModel },
	add: { needs: 'decaying', run: add },
	// Fails for every body that was tried on 2.5.1.
	edit: {
		needs: 'decaying',
		run: (call) => {
			pick(call);
			throw internal();
		},
	},
	delete: { needs: 'decaying', run: remove },
	enable: { needs: 'decaying', post: 'crash', run: setEnabled(true) },
	disable: { needs: 'decaying', post: 'crash', run: setEnabled(false) },
	import: { needs: 'decaying', run: importModel },
	update: {
		needs: 'site_admin',
		run: () => {
			throw new MispError(404, 'Models could not be loaded or default decaying models folder is empty');
		},
	},
};
