import type { Operations } from '../../shared/operation';
import type { SyncCall } from '../call';
import { deleteTagged } from './delete.operation';
import { reconcile } from './reconcile.operation';
import { upload } from './upload.operation';

export const operations: Operations<SyncCall> = { upload, delete: deleteTagged, reconcile };
