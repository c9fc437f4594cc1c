import { testMatrix } from './matrix';
import { syncReconcile } from './reconcile';
import { syncDelete, syncUpload } from './sync';

// All cells: test/e2e/faultMatrix.test.ts
describe.each([syncUpload, syncDelete, syncReconcile])('$name', (job) => testMatrix(job, { every: 13, seed: 7 }));
