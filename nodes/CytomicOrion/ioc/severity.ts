/** MISP's threat levels: an event's `threat_level_id` counts downwards, 1 is the most severe. */
export const threatLevels = { 1: 'high', 2: 'medium', 3: 'low', 4: 'undefined' } as const;
export type ThreatLevelId = keyof typeof threatLevels;

/** "This and above", as people say it. */
export type MinimumSeverity = 'any' | 'low' | 'medium' | 'high';

const leastSevereTaken: Readonly<Record<Exclude<MinimumSeverity, 'any'>, ThreatLevelId>> = {
	high: 1,
	medium: 2,
	low: 3,
};

/** Whether a threat level meets a minimum. An unknown level meets only "any", like MISP's own "undefined". */
export function atLeast(minimum: MinimumSeverity, threatLevel: ThreatLevelId | undefined): boolean {
	if (minimum === 'any') return true;
	return threatLevel !== undefined && threatLevel <= leastSevereTaken[minimum];
}

const ids: ReadonlyMap<string, ThreatLevelId> = new Map([
	['1', 1],
	['2', 2],
	['3', 3],
	['4', 4],
]);

/** MISP sends ids as strings; anything but 1 to 4 is no threat level. */
export const readThreatLevel = (text: string): ThreatLevelId | undefined => ids.get(text.trim());
