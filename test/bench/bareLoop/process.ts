import { serve } from '../standIns/channel';
import { type Loop, uploadByFewestCalls } from './fewestCalls';

export interface BareLoopCommands {
	upload(given: Loop): Promise<{ iocs: number; ms: number }>;
}

serve<BareLoopCommands>({ upload: uploadByFewestCalls });
