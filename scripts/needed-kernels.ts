// The kernels that the page registers. TensorFlow.js registers all that a backend has; here they are those of the operations that the bundler finds
// to be used, by tf.layers, by gradients and by the page itself.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

/** `page` is how the page is built. */
export function onlyNeededKernels(page: BuildOptions): Plugin {
  let needed: Promise<ReadonlySet<string>> | undefined;
  return {
    name: 'only needed kernels',
    setup: ({ onLoad }) => onLoad({ filter: /tfjs-backend-\w+[\\/]dist[\\/]register_all_kernels\.js$/ }, async ({ path: file }) =>
      ({ contents: await withoutOthers(file, await (needed ??= neededKernels(page))) })),
  };
}

const backends = ['@tensorflow/tfjs-backend-*'];

/** By the names that TensorFlow.js has for them, as of `MaxPool`. An operation asks for its kernels by constants that it imports. */
export async function neededKernels(page: BuildOptions): Promise<ReadonlySet<string>> {
  const { metafile: { outputs } } = await build({ ...page, external: [...page.external ?? [], ...backends], write: false, sourcemap: false, metafile: true });
  const used = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs).filter(file => inputs[file]!.bytesInOutput > 0));
  const operations = new Set(used.filter(file => /@tensorflow[\\/]tfjs-core[\\/]/.test(file)));
  const texts = await Promise.all([...operations].map(file => readFile(path.resolve(page.absWorkingDir ?? '.', file), 'utf8')));
  return new Set(texts.flatMap(namesOfKernelsIn));
}

const namesOfKernelsIn = (text: string): string[] =>
  [...text.matchAll(/^import \{([^}]*)\} from '[./]*\/kernel_names';$/gm)].flatMap(([, names]) => names!.split(',').map(name => name.trim().split(' ')[0]!)).filter(name => name !== '');

/** The module that registers the kernels, without those that nothing asks for. */
async function withoutOthers(file: string, needed: ReadonlySet<string>): Promise<string> {
  const text = await readFile(file, 'utf8');
  const left = new Map<string, string>();
  for (const [line, config, module] of text.matchAll(/^import \{ (\w+) \} from '(\.\/kernels\/\w+)';$/gm)) {
    const kernel = kernelOf(await readFile(path.resolve(path.dirname(file), `${module!}.js`), 'utf8'));
    // What cannot be told is kept.
    if (kernel !== undefined && !needed.has(kernel)) left.set(config!, line);
  }
  if (left.size === 0) throw new Error(`${file} is not written as expected: none of its kernels would be left out.`);
  return [...left].reduce((rest, [config, line]) => rest.replace(line, '').replace(new RegExp(`^ {4}${config},?$`, 'm'), ''), text);
}

/** The one that a module defines, by the constant with its name. */
const kernelOf = (text: string): string | undefined => /\bkernelName: (\w+)/.exec(text)?.[1] ?? /\bcreate\w+KernelConfig\((\w+)/.exec(text)?.[1];
