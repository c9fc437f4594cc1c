/** MISP's threat levels by their number: lower is more severe. */
export const severityWords: Readonly<Record<number, string>> = { 1: 'High', 2: 'Medium', 3: 'Low', 4: 'Undefined' };
