import type { Controller } from '../call';
import { attributes } from './attributes';
import { decayingModel } from './decayingModels';
import { eventBlocklists } from './eventBlocklists';
import { eventReports } from './eventReports';
import { events } from './events';
import { feeds } from './feeds';
import { galaxies, galaxyClusters } from './galaxies';
import { jobs } from './jobs';
import { logs } from './logs';
import { modules } from './modules';
import { noticelists } from './noticelists';
import { objectReferences, objects } from './objects';
import { objectTemplates } from './objectTemplates';
import { organisations } from './organisations';
import { roles } from './roles';
import { servers } from './servers';
import { shadowAttributes } from './shadowAttributes';
import { sharingGroups } from './sharingGroups';
import { sightings } from './sightings';
import { tags } from './tags';
import { taxonomies } from './taxonomies';
import { users } from './users';
import { warninglists } from './warninglists';

/** Controller → action. Spelling of both follows CakePHP: case and underscores do not matter. */
export const controllers: Readonly<Record<string, Controller>> = {
	attributes,
	decayingModel,
	eventBlocklists,
	eventReports,
	events,
	feeds,
	galaxies,
	galaxyClusters,
	jobs,
	logs,
	modules,
	noticelists,
	objectReferences,
	objects,
	objectTemplates,
	organisations,
	roles,
	servers,
	shadowAttributes,
	sharingGroups,
	sightings,
	tags,
	taxonomies,
	users,
	warninglists,
};
