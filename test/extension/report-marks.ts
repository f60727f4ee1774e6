// How a test run inside an extension host tells its own lines from the log of VS Code, which goes the same way.

/** Stands invisibly before each line of the test report. */
export const lineMark = '\u2063';

/** Stands before the numbers of passed, failed and skipped tests, as JSON, in the last line of a complete run. */
export const totalsMark = '@@totals ';
