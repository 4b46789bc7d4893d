// Finds a Chromium that can run WebGPU, installing one if there is none, and returns its launch options.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

// The software adapter, so that pictures and numbers are the same on every machine.
const SWIFTSHADER = [
  '--use-angle=swiftshader',
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-webgpu-adapter=swiftshader',
  // Without it Chromium has the software adapter draw the page's text and lines, too, which takes three times as long as all the rest.
  '--disable-gpu-rasterization',
];

// Linux has WebGPU behind a flag, and uses a GPU for the canvas only through Vulkan.
const HARDWARE = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];

// No network traffic except the page's own.
const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// Lets a test crash the GPU process more than once (CDP Browser.crashGpuProcess).
const CRASHABLE = ['--disable-gpu-process-crash-limit', '--disable-domain-blocking-for-3d-apis'];

/**
 * @returns {string | undefined} the executable of a browser on this machine: RELUSCOPE_BROWSER, an
 *   installed Chrome or Chromium, Playwright's own; undefined if there is none.
 */
export function findBrowser() {
  const named = process.env.RELUSCOPE_BROWSER;
  if (named) {
    if (!existsSync(named))
      throw new Error(`RELUSCOPE_BROWSER: received '${named}', expected an existing file`);
    return named;
  }
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed) return installed;
  // Loaded only where it is asked: it takes a second.
  const { chromium } = createRequire(import.meta.url)('playwright');
  return [chromium.executablePath()].find((path) => existsSync(path));
}

/**
 * Finds a browser, or installs Playwright's, or Debian's if that cannot be downloaded.
 * @returns {string} the executable
 * @throws if none could be found or installed
 */
export function ensureBrowser() {
  const attempts = [
    ['npx', ['playwright', 'install', '--with-deps', 'chromium']],
    ['npx', ['playwright', 'install', 'chromium']],
  ];
  if (process.platform === 'linux' && existsSync('/usr/bin/apt-get')) {
    const apt = 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium';
    attempts.push(['sh', ['-c', process.getuid?.() === 0 ? apt : `sudo -n sh -c '${apt}'`]]);
  }
  let found = findBrowser();
  for (const [command, args] of attempts) {
    if (found) break;
    console.log(`No Chrome or Chromium found; trying: ${command} ${args.join(' ')}`);
    try {
      execFileSync(command, args, { stdio: 'inherit', timeout: 600_000 });
    } catch (error) {
      console.log(`That did not work: ${error.message}`);
    }
    found = findBrowser();
  }
  if (!found) {
    throw new Error(
      'No browser: install Chrome or Chromium, or set RELUSCOPE_BROWSER to its executable.',
    );
  }
  return found;
}

/**
 * Launch options for Playwright: the browser that was found, headless, with the software adapter, or with
 * `gpu` the machine's.
 */
export function browserLaunch({ gpu = false } = {}) {
  const root = process.getuid?.() === 0;
  return {
    executablePath: findBrowser(),
    args: [
      ...(gpu ? HARDWARE : SWIFTSHADER),
      ...QUIET,
      ...CRASHABLE,
      ...(root ? ['--no-sandbox'] : []),
    ],
  };
}
