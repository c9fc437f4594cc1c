/** What matters of a galaxy. */
export const galaxyFields = [
	'id',
	'uuid',
	'name',
	'type',
	'namespace',
	'description',
	'version',
	'enabled',
	'local_only',
];
