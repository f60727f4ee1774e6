// The browser that the tests and `npm start -- --headless` use: a Chromium of the machine, found or installed, and the
// flags that make it behave the same everywhere.
import { spawnSync } from 'node:child_process';
import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from '../src/cli/find-browser.ts';

export const browserFlags: readonly string[] = [
  '--headless=new', '--no-sandbox', '--no-first-run', '--disable-quic', '--disable-sync',
  '--disable-background-networking', '--disable-component-update',
  // Nothing but this machine is reachable, so that a run is the same with and without internet.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  // WebGL 2 on the CPU. Its times say nothing about a GPU.
  '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  // The page itself is painted without the emulated GPU, which saves a quarter of the processor time.
  '--disable-gpu-compositing', '--disable-gpu-rasterization',
];

/** A Chromium that has WebGPU, on the CPU, too. */
export const webgpuFlags: readonly string[] = [...browserFlags, '--enable-unsafe-webgpu', '--enable-features=Vulkan', '--use-webgpu-adapter=swiftshader'];

/** Starts a headless Chromium. Throws with one clear line when there is none and none can be installed. */
export async function launchBrowser(flags: readonly string[] = browserFlags): Promise<Browser> {
  // Playwright would handle signals by ending the browser under our feet; whoever opened it also closes it.
  return chromium.launch({
    executablePath: findOrInstallChromium(), headless: true, args: [...flags],
    handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
  });
}

/** The path of a Chromium-based browser: `$CHROMIUM`, else one of the machine, else Debian's package, newly installed. */
export function findOrInstallChromium(): string {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (canInstall()) {
    console.log('No Chromium on this machine: installing the Debian package “chromium” …');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    const installed = findBrowser();
    if (installed !== undefined) return installed;
  }
  throw new Error('No Chromium was found. Install one (Debian: sudo apt-get install chromium), or set CHROMIUM to the path of a Chromium or Chrome.');
}

/** Only root may install, and only Debian's family has the package under this name. */
function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
}

function run(command: string, args: readonly string[]): void {
  const result = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed. Install a Chromium yourself, or set CHROMIUM to the path of one.`);
}
