// The seed of all random tests of layers, so that a failure can be repeated.

const given = process.env['BLOCKSCOPE_SEED'];

export const seed = given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);

export const randomRuns = Number(process.env['BLOCKSCOPE_RUNS'] ?? 120);
