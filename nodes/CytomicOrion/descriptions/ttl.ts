import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../shared/parameters';
import { Problem } from '../../shared/problem';
import type { TtlPolicy } from '../ioc';
import { checkTtl } from '../ioc';

const days = (
	displayName: string,
	name: string,
	defaultDays: number,
	kind: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 1 },
	default: defaultDays,
	displayOptions: { show: { ttl: [kind] } },
	description,
});

/** How long IOCs stay active. Sent as DaysToExpiration in each IOC: without it Orion lets an IOC expire as it is imported. */
export const ttlFields: INodeProperties[] = [
	{
		displayName: 'Time to Live',
		name: 'ttl',
		type: 'options',
		options: [
			{ name: 'Fixed', value: 'fixed', description: 'The same for all IOCs' },
			{
				name: 'From Last Seen',
				value: 'fromLastSeen',
				description: "Counted from the attribute's last_seen; what is over by now is skipped",
			},
			{ name: 'Per IOC Type', value: 'perType', description: 'Addresses change hands sooner than hashes' },
		],
		default: 'fixed',
		description: 'How long an IOC stays active in Orion',
	},
	days('Days', 'ttlDays', 365, 'fixed', 'Days until the IOC expires, at least 1'),
	days('Days for Domains', 'ttlDomain', 180, 'perType', 'Days until a domain expires, at least 1'),
	days('Days for Hashes', 'ttlHash', 365, 'perType', 'Days until a hash expires, at least 1'),
	days('Days for IP Addresses', 'ttlIp', 90, 'perType', 'Days until an address expires, at least 1'),
	days('Days for URLs', 'ttlUrl', 180, 'perType', 'Days until a URL expires, at least 1'),
	days('Days After Last Seen', 'ttlAfterLastSeen', 180, 'fromLastSeen', 'Days after last_seen until the IOC expires'),
	days(
		'Days Without Last Seen',
		'ttlWithoutLastSeen',
		90,
		'fromLastSeen',
		'Days from now for attributes that have no last_seen',
	),
];

export function readTtl(item: Parameters): TtlPolicy {
	const policy = policyOf(item);
	const wrong = checkTtl(policy);
	if (wrong !== undefined) throw new Problem(wrong, 'Enter whole days, at least 1.', 'bad_ttl');
	return policy;
}

function policyOf(item: Parameters): TtlPolicy {
	switch (item.text('ttl')) {
		case 'perType':
			return {
				kind: 'perType',
				days: {
					hash: item.number('ttlHash'),
					ip: item.number('ttlIp'),
					domain: item.number('ttlDomain'),
					url: item.number('ttlUrl'),
				},
			};
		case 'fromLastSeen':
			return {
				kind: 'fromLastSeen',
				days: item.number('ttlAfterLastSeen'),
				fallbackDays: item.number('ttlWithoutLastSeen'),
			};
		default:
			return { kind: 'fixed', days: item.number('ttlDays') };
	}
}
