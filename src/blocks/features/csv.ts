// A table for a spreadsheet (RFC 4180).

/** What is undefined stays empty. */
export const csv = (rows: readonly (readonly (string | number | undefined)[])[]): string => rows.map(row => row.map(field).join(',')).join('\r\n') + '\r\n';

const field = (value: string | number | undefined): string => (value === undefined ? '' : typeof value === 'string' && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value));
