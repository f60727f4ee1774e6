// Writes THIRD-PARTY-NOTICES.txt: the licences of all that is bundled into the package, as their terms ask.
// `npm run notices`; test/project/third-party-notices.test.ts fails when the file is not what this makes.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPackages, type BundledPackage } from './bundled-packages.ts';
import { apache2, mit, xnnpack } from './license-texts.ts';
import { projectRoot } from './vscode-host.ts';

export const noticesFile = path.join(projectRoot, 'THIRD-PARTY-NOTICES.txt');

const rule = '─'.repeat(80);

export async function thirdPartyNotices(): Promise<string> {
  // Everything under the very same text stands together above it.
  const titlesByText = new Map<string, string[]>();
  const add = (text: string, ...title: string[]): void => void titlesByText.set(text, [...(titlesByText.get(text) ?? []), title.join('\n  ')]);
  for (const bundled of await bundledPackages()) {
    const texts = licenseTexts(bundled);
    const title = [`${bundled.name} ${bundled.version} (${bundled.license})`, ...copyrightLines(bundled, texts)];
    for (const text of texts) add(text, ...title);
    // Its binary holds a library that the package does not mention.
    if (bundled.files.some(file => file.endsWith('.wasm'))) add(xnnpack, `XNNPACK (BSD-3-Clause), in the WebAssembly binary of ${bundled.name}`);
  }
  const sections = [...titlesByText].map(([text, titles]) => `${rule}\n${titles.join('\n')}\n${rule}\n\n${text}\n`);
  return `Blockscope is under the licence in the file LICENSE. It contains the following software of others.\n\n${sections.join('\n')}`;
}

/** The package's own licence files; where it ships none, the standard texts of the licences that it names. */
function licenseTexts(bundled: BundledPackage): string[] {
  const own = readdirSync(bundled.folder).filter(file => /^(licen[cs]e|copying|notice|thirdpartynotice)/i.test(file)).sort();
  if (own.length > 0) return own.map(file => clean(readFileSync(path.join(bundled.folder, file), 'utf8')));
  return bundled.license.split(' AND ').map(name => standardText(bundled, name));
}

function standardText(bundled: BundledPackage, license: string): string {
  if (license === 'Apache-2.0') return apache2();
  if (license === 'MIT') return mit;
  throw new Error(`${bundled.name} is under ${license} and ships no licence text: add the text to scripts/license-texts.ts.`);
}

/** Who says so in the bundled files, where the licence text itself does not. */
function copyrightLines(bundled: BundledPackage, texts: readonly string[]): string[] {
  if (texts.some(text => /^\W*copyright (\(c\)|©|\d)/im.test(text))) return [];
  const lines = bundled.files.filter(file => /\.[cm]?js$/.test(file)).flatMap(file => readFileSync(file, 'utf8').match(/\bCopyright (?:\(c\) |© )?\d{4}[^\n*]*/gi) ?? []);
  if (lines.length === 0) {
    if (bundled.author === undefined) throw new Error(`Nothing in ${bundled.name} names its copyright holder.`);
    return [`Author: ${bundled.author}`];
  }
  return [...new Set(lines.map(line => line.trim().replace(/\.?(?: All Rights Reserved)?\.?$/i, '')))].sort();
}

function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').split('\n').map(line => line.trimEnd()).join('\n').trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(noticesFile, await thirdPartyNotices());
