/** Whether a caught value is a system error with one of these codes. */
export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
	return error instanceof Error && 'code' in error && codes.some((code) => error.code === code);
}
