/** @jest-environment ./test/engine/harness/environment.ts */
import { deletion } from '../workflows/faults/deletion';
import { testMatrix } from '../workflows/faults/matrix';
import { syncReconcile } from '../workflows/faults/reconcile';
import { syncDelete, syncUpload } from '../workflows/faults/sync';
import { upload } from '../workflows/faults/upload';

// Every request of the jobs, wrong in every way: n8n's engine, no n8n server. It takes a quarter of an hour, so it is kept out of `npm test`.
describe.each([upload, deletion, syncUpload, syncDelete, syncReconcile])('$name', (job) =>
	testMatrix(job, { every: 1, seed: 0 }),
);
