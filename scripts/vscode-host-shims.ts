// Two native add-ons are imported while the VS Code server and its extension host start. One writes log files, the
// other ends the extension host when its parent is gone. Plain JavaScript does both, so that no compiler is needed.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export function replaceNativeModules(nodeModules: string): void {
  const replacements = { '@vscode/spdlog': spdlog, 'native-watchdog': watchdog, '@vscode/native-watchdog': watchdog };
  for (const [name, code] of Object.entries(replacements)) {
    const folder = path.join(nodeModules, name);
    if (existsSync(folder)) writeFileSync(path.join(folder, 'index.js'), code);
  }
}

// One plain assignment per export: VS Code imports this as a module, and Node sees only names that are written so.
const spdlog = `'use strict';
const fs = require('fs');
const path = require('path');
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
class Logger {
  constructor(kind, name, file) {
    this.file = file;
    this.level = 2;
    this.raw = false;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
levels.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    if (level < this.level) return;
    const line = this.raw ? message : new Date().toISOString() + ' [' + name + '] ' + message + '\\n';
    try { fs.appendFileSync(this.file, line); } catch { /* The log folder was removed: nobody reads it any more. */ }
  };
});
const create = async (name, file) => new Logger('rotating', name, file);
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

const watchdog = `'use strict';
exports.start = parent => {
  setInterval(() => {
    try { process.kill(parent, 0); } catch { process.exit(87); }
  }, 3000).unref();
};
exports.exit = code => process.exit(code || 0);
`;
