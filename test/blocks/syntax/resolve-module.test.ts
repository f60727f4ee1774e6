import assert from 'node:assert/strict';
import { resolveModule } from '../../../src/blocks/syntax/resolve-module.ts';

/** What an import means among files that are made of nothing but their settings. */
const resolved = (files: Readonly<Record<string, unknown>>, specifier: string, from = '/project/src/app/main.ts'): string | undefined =>
  resolveModule(specifier, from, path => (path in files ? (typeof files[path] === 'string' ? files[path] : JSON.stringify(files[path])) : undefined))?.path;

describe('the file that an import means', () => {
  it('is found relative to the importing file', () => {
    const files = { '/project/src/blocks.ts': 'export {}', '/project/src/layers/index.js': 'export {}' };
    assert.equal(resolved(files, '../blocks.js'), '/project/src/blocks.ts');
    assert.equal(resolved(files, '../layers'), '/project/src/layers/index.js');
    assert.equal(resolved(files, '../../../../../../outside'), undefined);
  });

  it('is found by the imports of the nearest package', () => {
    const files = {
      '/package.json': { imports: { '#models/*': './wrong/*' } },
      '/project/package.json': {
        imports: {
          '#models/*': './src/models/*.js', '#sizes': { types: './sizes.d.ts', default: './src/sizes.js' }, '#either': { node: './src/a.js', default: './src/b.js' },
          '#package': 'react', '#out': '../outside.js',
        },
      },
      '/project/src/models/small.ts': 'export {}', '/project/src/sizes.js': 'export {}', '/project/src/a.js': '', '/project/src/b.js': '', '/outside.js': '', '/project/react.js': '',
    };
    assert.equal(resolved(files, '#models/small'), '/project/src/models/small.ts');
    assert.equal(resolved(files, '#sizes'), '/project/src/sizes.js');
    for (const other of ['#either', '#package', '#out', '#none', '#models']) assert.equal(resolved(files, other), undefined, other);
  });

  it('is found by the mapping of the nearest settings', () => {
    const files = {
      '/tsconfig.json': { compilerOptions: { paths: { '@/*': ['wrong/*'] } } },
      '/project/tsconfig.json': `{
        // Comments and commas too many are usual here.
        "compilerOptions": { "paths": { "@/*": ["./src/*", "./generated/*"], "@/nets/*": ["./src/models/*"], "config": ["settings.json"], }, },
      }`,
      '/project/src/blocks.ts': 'export {}', '/project/generated/sizes.ts': 'export {}', '/project/src/models/small.ts': 'export {}', '/project/settings.json': '{}',
    };
    assert.equal(resolved(files, '@/blocks'), '/project/src/blocks.ts');
    assert.equal(resolved(files, '@/sizes'), '/project/generated/sizes.ts');
    assert.equal(resolved(files, '@/nets/small.js'), '/project/src/models/small.ts');
    assert.equal(resolved(files, 'config'), '/project/settings.json');
    assert.equal(resolved(files, 'react'), undefined);
  });

  it('is found from the folder that names start from', () => {
    const files = { '/project/jsconfig.json': { compilerOptions: { baseUrl: 'src', paths: { '~/*': ['app/*'] } } }, '/project/src/models/small.js': '', '/project/src/app/view.js': '' };
    assert.equal(resolved(files, 'models/small'), '/project/src/models/small.js');
    assert.equal(resolved(files, '~/view'), '/project/src/app/view.js');
  });

  it('is found by what settings extend, or by the projects that they name', () => {
    const inherited = { '/project/tsconfig.json': { extends: './config/base' }, '/project/config/base.json': { compilerOptions: { paths: { '#/*': ['../src/*'] } } }, '/project/src/a.ts': '' };
    assert.equal(resolved(inherited, '#/a'), '/project/src/a.ts');
    const named = { '/project/tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] }, '/project/tsconfig.app.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } }, '/project/src/a.ts': '' };
    assert.equal(resolved(named, '@/a'), '/project/src/a.ts');
  });

  it('is none where settings extend each other in a circle, or are no settings', () => {
    assert.equal(resolved({ '/project/tsconfig.json': { extends: './tsconfig.json' } }, '@/a'), undefined);
    assert.equal(resolved({ '/project/tsconfig.json': '{ "compilerOptions": ' }, '@/a'), undefined);
    assert.equal(resolved({ '/project/tsconfig.json': '[]' }, 'https://example.org/a.js'), undefined);
  });

  it('is the same on a drive', () => {
    assert.equal(resolved({ 'C:/project/tsconfig.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } }, 'C:/project/src/a.ts': '' }, '@/a', 'C:/project/src/main.ts'), 'C:/project/src/a.ts');
  });
});
