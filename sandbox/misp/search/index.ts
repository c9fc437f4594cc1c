export { searchAttributes, type AttributeResult } from './attributes';
export { searchEvents, type EventResult } from './events';
export type { SearchParams } from './params';
