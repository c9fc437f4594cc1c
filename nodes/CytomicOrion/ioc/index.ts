/**
 * IOCs from what MISP says to what Orion takes, as functions of their arguments:
 *
 *   candidateReader → planImport / planDeletion → batches, Pool → deliver → withOutcomes → settle, summarise
 */
export * from './admit';
export * from './batch';
export * from './blanketRefusal';
export * from './candidate';
export * from './deliver';
export * from './entry';
export * from './expire';
export * from './ledger';
export * from './mispTypes';
export * from './normalise';
export * from './plan';
export * from './pool';
export * from './send';
export * from './settle';
export * from './severity';
export * from './summary';
export * from './tally';
export * from './template';
export * from './types';
export * from './watch';
