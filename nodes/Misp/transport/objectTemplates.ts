import type { IDataObject } from 'n8n-workflow';
import { Problem } from '../../shared/problem';
import { asNumber, asRecord, asRecords, asText, isRecord } from '../json';
import type { Misp } from './connect';
import { problemOf } from './connect';

/** A field that objects of a template may have. */
export interface TemplateField {
	relation: string;
	type: string;
	/** Categories to choose from; empty where the template leaves that to the type. */
	categories: string[];
	/** Undefined where the template leaves it to the type. */
	toIds?: boolean;
	multiple: boolean;
	description: string;
	/** The higher, the further up in MISP's own form. */
	priority: number;
}

export interface Template {
	uuid: string;
	name: string;
	metaCategory: string;
	description: string;
	version: string;
	required: string[];
	/** Of these at least one must be there; empty where none need be. */
	requiredOneOf: string[];
	fields: TemplateField[];
}

/** Templates that were read over one connection: many items use the same. */
const known = new WeakMap<Misp, Map<string, Promise<Template>>>();

/** One template by name, id or UUID. @throws Problem where MISP has none such */
export async function readTemplate(misp: Misp, wanted: string): Promise<Template> {
	if (wanted === '')
		throw new Problem('No template was chosen', 'Choose an object template from the list or enter its name.', 'empty');
	const templates = known.get(misp) ?? new Map<string, Promise<Template>>();
	known.set(misp, templates);
	const template = templates.get(wanted) ?? load(misp, wanted);
	templates.set(wanted, template);
	return await template;
}

/** GET /objectTemplates/getRaw/{name or UUID}: only there does a template say what is for detection. Ids are looked up first. */
async function load(misp: Misp, wanted: string): Promise<Template> {
	const name = /^\d+$/.test(wanted) ? asText(asRecord((await viewTemplate(misp, wanted)).ObjectTemplate).uuid) : wanted;
	const reading = await misp.ask({ method: 'GET', path: `/objectTemplates/getRaw/${encodeURIComponent(name)}` });
	if (reading.kind === 'data' && isRecord(asRecord(reading.body).attributes)) return fromRaw(asRecord(reading.body));
	// Templates that are in the database only have no file to be read.
	if (name.includes('-') || /^\d+$/.test(wanted)) {
		const viewed = await misp.ask({ method: 'GET', path: `/objectTemplates/view/${encodeURIComponent(name)}` });
		if (viewed.kind === 'data' && isRecord(asRecord(viewed.body).ObjectTemplate))
			return fromView(asRecord(viewed.body));
	}
	if (reading.kind === 'problem' && reading.problem.code !== 'not_found') throw problemOf(reading.problem);
	throw new Problem(
		`MISP has no object template "${wanted}"`,
		'Choose it from the list. Templates that came with an update of MISP are there after Object Template: Update All.',
		'not_found',
	);
}

/** GET /objectTemplates/view/{id or UUID} */
export async function viewTemplate(misp: Misp, idOrUuid: string): Promise<IDataObject> {
	return asRecord((await misp.get(`/objectTemplates/view/${encodeURIComponent(idOrUuid)}`)).body);
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(asText) : []);

function fromRaw(raw: IDataObject): Template {
	return {
		...headOf(raw),
		required: texts(raw.required),
		requiredOneOf: texts(raw.requiredOneOf),
		fields: Object.entries(asRecord(raw.attributes)).map(([relation, given]) => {
			const field = asRecord(given);
			return {
				...fieldOf(field),
				relation,
				type: asText(field['misp-attribute']),
				...(typeof field.to_ids === 'boolean' && { toIds: field.to_ids }),
			};
		}),
	};
}

function fromView(viewed: IDataObject): Template {
	const template = asRecord(viewed.ObjectTemplate);
	const requirements = asRecord(template.requirements);
	return {
		...headOf(template),
		required: texts(requirements.required),
		requiredOneOf: texts(requirements.requiredOneOf),
		fields: asRecords(viewed.ObjectTemplateElement).map((element) => ({
			...fieldOf(element),
			relation: asText(element.object_relation),
			type: asText(element.type),
		})),
	};
}

const headOf = (template: IDataObject) => ({
	uuid: asText(template.uuid),
	name: asText(template.name),
	metaCategory: asText(template['meta-category']),
	description: asText(template.description),
	version: asText(template.version),
});

const fieldOf = (field: IDataObject) => ({
	categories: texts(field.categories),
	multiple: field.multiple === true,
	description: asText(field.description),
	priority: asNumber(field['ui-priority']),
});
