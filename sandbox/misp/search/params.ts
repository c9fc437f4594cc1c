import type { Attribute, MispEvent } from '../model';

/** restSearch parameters as sent. What is not read here has no effect, as in MISP. */
export type SearchParams = Readonly<Record<string, unknown>>;

export type EventTest = (event: MispEvent) => boolean;

export type AttributeTest = (attribute: Attribute) => boolean;
