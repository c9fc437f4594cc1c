import { notFound, ok, redirect, type Answer } from '../answers';
import { fields, textOf, type Call, type Controller } from '../call';
import { findTemplate, OBJECT_TEMPLATES, type ObjectTemplate } from '../objectTemplates';

function shape({ id, uuid, name, metaCategory, description, version, required, requiredOneOf }: ObjectTemplate) {
	return {
		id: String(id),
		user_id: '1',
		org_id: '1',
		uuid,
		name,
		'meta-category': metaCategory,
		description,
		version: String(version),
		requirements: {
			...(required.length > 0 || requiredOneOf.length === 0 ? { required } : {}),
			...(requiredOneOf.length > 0 ? { requiredOneOf } : {}),
		},
		fixed: true,
		active: true,
	};
}

const owner = (call: Call) => {
	const { id, name, uuid } = call.server.store.hostOrg;
	return { id: String(id), name, uuid };
};

function index(call: Call): Answer {
	const word = textOf(fields(call)['value']) ?? call.named['value'] ?? call.named['searchall'];
	const found = OBJECT_TEMPLATES.filter(
		({ name, description }) =>
			word === undefined || `${name} ${description}`.toLowerCase().includes(word.toLowerCase()),
	);
	return ok(found.map((template) => ({ ObjectTemplate: shape(template), Organisation: owner(call) })));
}

function pick(call: Call): ObjectTemplate {
	const template = findTemplate(call.args[0]);
	if (!template) throw notFound('Invalid object template');
	return template;
}

/** By id or UUID. */
function view(call: Call): Answer {
	const template = pick(call);
	return ok({
		ObjectTemplate: shape(template),
		User: { id: '1', email: 'admin@admin.test' },
		Organisation: owner(call),
		ObjectTemplateElement: template.elements.map((element, position) => ({
			id: String(template.id * 10 + position),
			object_template_id: String(template.id),
			object_relation: element.relation,
			type: element.type,
			'ui-priority': String(element.priority),
			categories: element.categories ?? [],
			sane_default: [],
			values_list: [],
			description: element.description,
			disable_correlation: null,
			multiple: element.multiple ?? false,
		})),
	});
}

/** The template's own file, by name or UUID. */
function getRaw(call: Call): Answer {
	const template = pick(call);
	return ok({
		attributes: Object.fromEntries(
			template.elements.map((element) => [
				element.relation,
				{
					...(element.categories ? { categories: element.categories } : {}),
					description: element.description,
					'misp-attribute': element.type,
					...(element.toIds === undefined ? {} : { to_ids: element.toIds }),
					...(element.multiple ? { multiple: true } : {}),
					'ui-priority': element.priority,
				},
			]),
		),
		description: template.description,
		'meta-category': template.metaCategory,
		name: template.name,
		required: template.required,
		...(template.requiredOneOf.length > 0 ? { requiredOneOf: template.requiredOneOf } : {}),
		uuid: template.uuid,
		version: template.version,
	});
}

export const objectTemplates: Controller = {
	index: { run: index },
	view: { run: view },
	getRaw: { run: getRaw },
	update: {
		needs: 'site_admin',
		run: (call) => redirect(`${call.server.baseUrl}/ObjectTemplates`),
	},
};
