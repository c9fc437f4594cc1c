/** From so much memory outside of its heap on, V8 takes it for pressure, and collects (kExternalAllocationSoftLimit). */
const PRESSURE_BYTES = 64 * 1024 * 1024;

/**
 * Has JavaScript's garbage collected before a long run. n8n's start leaves some 200 MB, which V8 lets lie until as much again has come, and a
 * long run would be what brings it. A node can't ask for a collection, but memory outside of V8's heap counts as pressure. It is never written
 * to, so it takes none of the machine's; the collection goes on beside the run, some 0.1 s in all.
 */
export function tidyUp(): void {
	try {
		void new ArrayBuffer(PRESSURE_BYTES);
	} catch {
		// There is no room for it: V8 has collected all it could before it said so.
	}
}
