import { testMatrix } from './matrix';
import { upload } from './upload';

// All cells: test/e2e/faultMatrix.test.ts
testMatrix(upload, { every: 13, seed: 3 });
