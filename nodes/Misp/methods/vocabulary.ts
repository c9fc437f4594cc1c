import type { INodePropertyOptions } from 'n8n-workflow';
import { attributeTypes, categories } from '../search/vocabulary';

const asOptions = (values: readonly string[]): INodePropertyOptions[] =>
	values.map((value) => ({ name: value, value }));

/** Attribute types and categories of MISP 2.5; drop-downs that need no request. */
export const getAttributeTypes = async (): Promise<INodePropertyOptions[]> => asOptions(attributeTypes);
export const getCategories = async (): Promise<INodePropertyOptions[]> => asOptions(categories);
