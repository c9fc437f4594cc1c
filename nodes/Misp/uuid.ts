/** How a UUID is written, for a pattern. */
const form = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

export const uuidExample = '5f6d3a0e-7c1b-4d8e-9a52-1b2c3d4e5f60';

const whole = new RegExp(`^${form}$`);

export const isUuid = (text: string): boolean => whole.test(text);

/** For fields that take a UUID, as n8n's resource locator checks what is typed. */
export const uuidPattern = { regex: `^${form}$`, errorMessage: `A UUID looks like ${uuidExample}` };

/** For fields that take MISP's number or the UUID. */
export const idOrUuidPattern = {
	regex: `^(\\d+|${form})$`,
	errorMessage: `An ID is a number; a UUID looks like ${uuidExample}`,
};
