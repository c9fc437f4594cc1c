import { readAnswer } from '../../../nodes/Misp/transport/answer';

const refused = (path: string) => {
	const reading = readAnswer({
		method: 'POST',
		path,
		status: 403,
		headers: {},
		body: {
			name: 'You do not have permission to use this functionality.',
			message: 'You do not have permission to use this functionality.',
			url: path,
		},
	});
	return reading.kind === 'problem' ? reading.problem.message : '';
};

test.each([
	['/tags/add', 'tag editor'],
	['/tags/edit/7', 'site admin'],
	['/tags/attachTagToObject', 'tagger'],
	['/taxonomies/addTag', 'site admin'],
	['/taxonomies/enable/5', 'site admin'],
	['/warninglists/toggleEnable', 'warninglist'],
	['/warninglists/update', 'site admin'],
	['/galaxies/attachCluster/7/event/local:1', 'tagger'],
	['/galaxies/delete/7', 'site admin'],
	['/decayingModel/enable/1', 'decaying'],
	['/noticelists/enableNoticelist/1/1', 'site admin'],
	['/admin/organisations/add', 'site admin'],
	['/admin/users/add', 'admin'],
	['/feeds/add', 'site admin'],
	['/jobs/index/limit:100', 'site admin'],
	['/servers/serverSettings.json', 'site admin'],
	['/misp/feeds/add', 'site admin'],
])('who may not call %s is told that "%s" is missing', (path, permission) => {
	expect(refused(path)).toBe(`The role of this key’s user lacks a permission for this: ${permission}.`);
});
