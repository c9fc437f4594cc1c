import { ofSettings } from './settings';

/**
 * Expression of the mark of what was renewed in a period, which names its first day: this period, or so many later. Periods are counted
 * from 1970, so that all runs of one agree, whenever the first of them was.
 */
export const renewedMark = (later = 0): string => {
	const days = `(Math.floor(Date.now() / 86400000 / ${ofSettings('refresh_days')})${later === 0 ? '' : ` + ${later}`}) * ${ofSettings('refresh_days')}`;
	return `${ofSettings('renewed_tag')} + '="' + new Date(${days} * 86400000).toISOString().slice(0, 10) + '"'`;
};
