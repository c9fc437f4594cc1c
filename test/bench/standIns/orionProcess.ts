import { serve } from './channel';
import { CountingOrion, type OrionAccess } from './orion';
import { type Tally, TallyKeeper } from './tally';

export interface OrionCommands {
	start(): Promise<OrionAccess>;
	/** Empties it. Latency in milliseconds, before each answer. */
	set(given: { latencyMs: number }): void;
	/** The same, and it keeps what it holds. */
	setLatency(given: { latencyMs: number }): void;
	tally(): Tally;
	/** Different IOCs held, and how often one came that was there already. */
	held(): { iocs: number; repeated: number };
}

const tally = new TallyKeeper();
const orion = new CountingOrion();

serve<OrionCommands>({
	start: async () => await orion.listen(),
	set({ latencyMs }) {
		orion.clear();
		orion.latencyMs = latencyMs;
		tally.take();
	},
	setLatency({ latencyMs }) {
		orion.latencyMs = latencyMs;
		tally.take();
	},
	tally: () => tally.take(),
	held: () => ({ iocs: orion.count, repeated: orion.repeated }),
});
