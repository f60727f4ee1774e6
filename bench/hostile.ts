// What a file can cost that was written to cost much, or is far larger than any that a person writes. An ordinary program is
// read before, so that the code's own compilation is not counted.
import { readFileSync } from 'node:fs';
import { analyze } from '../src/blocks/analyze.ts';
import { behindHostile, hostilePrograms, oversizedPrograms, unreadPrograms } from '../test/blocks/evaluate/hostile-programs.ts';
import { cpuTimeOf } from './cpu-time.ts';

const [ordinary, name] = process.argv.slice(2) as [string, string];
const text = readFileSync(ordinary, 'utf8');
for (let round = 0; round < 200; round++) analyze(ordinary, text);
const source = { ...hostilePrograms, ...oversizedPrograms, ...unreadPrograms }[name]! + behindHostile;
const cpu = cpuTimeOf(() => { analyze('hostile.js', source); });
// The most memory that the process ever had, in MB.
console.log(JSON.stringify({ cpu, memory: process.resourceUsage().maxRSS / 1024 }).replace(/^/, '\n'));
