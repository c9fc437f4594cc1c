import { deletion } from './deletion';
import { testMatrix } from './matrix';

// All cells: test/e2e/faultMatrix.test.ts
testMatrix(deletion, { every: 13, seed: 5 });
