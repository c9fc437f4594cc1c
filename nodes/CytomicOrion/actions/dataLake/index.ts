export { query } from './query.operation';
