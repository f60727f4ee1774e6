// How a test run inside an extension host tells its own lines from the log of VS Code, which goes the same way.

/** Stands invisibly before each line of the test report. */
export const lineMark = '\u2063';

/** Set in the environment of an extension host whose lines are to be marked. */
export const lineMarkVariable = 'BLOCKSCOPE_MARK_LINES';
