// package.json keeps its promises: what it names is packaged, what it contributes has a name, what it asks is enough.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isVocabularyModule } from '../../src/blocks/evaluate/vocabulary/words.ts';
import { ownModule } from '../../src/blocks/syntax/own-modules.ts';
import { projectRoot } from '../../scripts/vscode-host.ts';

interface Manifest {
  readonly version: string;
  readonly main: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly engines: { readonly vscode: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[];
    readonly menus?: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly description?: string; readonly markdownDescription?: string }>> };
  };
}

const read = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');

describe('package.json', () => {
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const packaged = read('.vscodeignore').split('\n').filter(line => line.startsWith('!')).map(line => line.slice(1));

  it('names only files that are packaged', () => {
    const named = [manifest.main, manifest.icon, ...Object.values(manifest.bin)].map(file => path.posix.normalize(file));
    assert.deepEqual(named.filter(file => !packaged.includes(file)), []);
  });

  it('packages the pictures of its README', () => {
    const pictures = [...read('README.md').matchAll(/!\[[^\]]*\]\((?!https:)([^)]+)\)/g)].map(match => match[1]!);
    assert.deepEqual(pictures.filter(file => !packaged.includes(file)), []);
  });

  it('packages only files that exist or are built', () => {
    assert.deepEqual(packaged.filter(file => !file.startsWith('dist/') && !existsSync(path.join(projectRoot, file.replace(/\/\*\*$/, '')))), []);
  });

  it('has nothing to install beside the bundles', () => {
    assert.deepEqual(Object.keys(manifest.dependencies ?? {}), []);
  });

  it('asks for the VS Code whose types it is checked against', () => {
    const types = JSON.parse(read('node_modules/@types/vscode/package.json')) as { version: string };
    const minor = (version: string): string => version.replace(/^\^/, '').split('.').slice(0, 2).join('.');
    assert.equal(minor(manifest.engines.vscode), minor(types.version));
  });

  it('gives every command a title in its own category', () => {
    assert.ok(manifest.contributes.commands.length > 0);
    for (const { command, title, category } of manifest.contributes.commands) {
      assert.match(command, /^blockscope\.\w+$/);
      assert.notEqual(title, '');
      assert.equal(category, 'Blockscope');
    }
  });

  it('puts only its own commands in menus', () => {
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    const used = Object.values(manifest.contributes.menus ?? {}).flat().map(({ command }) => command);
    assert.deepEqual(used.filter(command => !known.has(command)), []);
  });

  it('describes every setting', () => {
    for (const [name, { description, markdownDescription }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.match(name, /^blockscope\./);
      assert.ok((description ?? markdownDescription ?? '').length > 10, `${name} has no description.`);
    }
  });

  it('has the modules that programs import as the interpreter finds them', () => {
    const { exports } = manifest;
    assert.ok(Object.keys(exports).length > 2);
    for (const [name, file] of Object.entries(exports)) {
      assert.ok(existsSync(path.join(projectRoot, file)), file);
      const specifier = `blockscope${name.slice(1)}`;
      // The words are known; the manifest itself is there for tools.
      if (name !== './vocabulary' && name !== './package.json') assert.equal(`./${ownModule(specifier)}`, file);
    }
    assert.ok(isVocabularyModule('blockscope/vocabulary'));
  });

  it('has its version in the change log', () => {
    assert.ok(read('CHANGELOG.md').includes(`## ${manifest.version}`), `CHANGELOG.md has no section ${manifest.version}.`);
  });
});
