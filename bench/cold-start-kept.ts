// The same as `cold-start.ts`, as the extension loads its code in every session but the first: with what V8 compiled of it before.
import path from 'node:path';
import { loadScript } from '../src/extension/code-cache.ts';

const [, , folder, script] = process.argv;
// The script finds its file where it always does.
process.argv.splice(2, 2);
const loaded = loadScript(path.resolve(script!), folder!);
if (!loaded.fromCache) await loaded.keep();
