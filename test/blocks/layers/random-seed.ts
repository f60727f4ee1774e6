// The seed of all random tests. It is the same in every run, so that a failure is the fault of what was changed;
// BLOCKSCOPE_SEED sets another one, and BLOCKSCOPE_SEED=random explores.

const given = process.env['BLOCKSCOPE_SEED'] ?? '20250101';

export const seed = given === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(given);

/** How many calls are drawn for each layer. */
export const randomRuns = Number(process.env['BLOCKSCOPE_RUNS'] ?? 120);
