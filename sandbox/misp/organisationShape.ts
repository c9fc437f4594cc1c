import type { Organisation } from './model';

/** All fields of an organisation, as in `/admin/organisations/add` and inside other records. */
export function organisationShape({
	id,
	name,
	uuid,
	local,
	description,
	type,
	nationality,
	sector,
	contacts,
	createdBy,
	created,
	modified,
}: Organisation) {
	return {
		id: String(id),
		name,
		date_created: created,
		date_modified: modified,
		description,
		type,
		nationality,
		sector,
		created_by: String(createdBy),
		uuid,
		contacts,
		local,
		restricted_to_domain: null,
		landingpage: null,
	};
}
