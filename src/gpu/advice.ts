/** What a person can do if WebGPU is not available, in their browser. */

type Family = 'chromium' | 'edge' | 'firefox' | 'safari' | 'ios' | 'unknown';
type System = 'linux' | 'android' | 'windows' | 'mac' | 'other';

interface Browser {
  readonly family: Family;
  readonly system: System;
  readonly version: number;
}

/** All browsers that have it. */
const BROWSERS =
  'Use a current Chrome or Edge (113 or later) on a desktop, Chrome 121 or later on Android, Safari 26, or Firefox (141 or later on Windows, 145 or later on a Mac).';
const FIREFOX_SETTINGS =
  'open about:config, set dom.webgpu.enabled and gfx.webgpu.ignore-blocklist to true, and restart Firefox';
const CHROME_ON_LINUX = 'on Linux start it with --enable-unsafe-webgpu --enable-features=Vulkan';
const SOFTWARE_ADAPTER =
  'with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader to use the slower software adapter';

/**
 * For a browser without WebGPU.
 * @param userAgent `navigator.userAgent`; '' if there is none
 */
export function adviseNoWebgpu(userAgent: string): string {
  const { family, system, version } = browserOf(userAgent);
  switch (family) {
    case 'firefox':
      if (system === 'linux')
        return `It is off by default in Firefox on Linux: ${FIREFOX_SETTINGS}.`;
      return `Firefox supports it from version 141 on Windows and 145 on a Mac: update Firefox; or ${FIREFOX_SETTINGS}.`;
    case 'safari':
      return 'Safari supports it from version 26 on: update the system, or use a current Chrome or Edge.';
    case 'ios':
      return 'All browsers on iPhones and iPads support it from iOS 26 on: update the system.';
    case 'chromium':
    case 'edge': {
      const name = family === 'edge' ? 'Edge' : 'Chrome';
      const least = system === 'android' ? 121 : 113;
      if (version < least) return `Update ${name}, which supports it from version ${least} on.`;
      const settings = `${schemeOf(family)}://settings/system`;
      return `Turn on hardware acceleration in the settings of ${name} (${settings}); ${CHROME_ON_LINUX}.`;
    }
    default:
      return BROWSERS;
  }
}

/** For a browser whose WebGPU finds no graphics adapter. */
export function adviseNoAdapter(userAgent: string): string {
  const { family, system } = browserOf(userAgent);
  switch (family) {
    case 'firefox':
      return system === 'linux'
        ? `In Firefox on Linux, ${FIREFOX_SETTINGS}; about:support shows details under Graphics.`
        : 'Turn on hardware acceleration in the settings of Firefox under Performance; about:support shows details under Graphics.';
    case 'safari':
    case 'ios':
      return 'Restart the browser, and update the system if that does not help.';
    case 'chromium':
    case 'edge': {
      const scheme = schemeOf(family);
      return `Turn on hardware acceleration in the settings of the browser (${scheme}://settings/system); ${scheme}://gpu shows details; ${CHROME_ON_LINUX}, or ${SOFTWARE_ADAPTER}.`;
    }
    default:
      return `Turn on hardware acceleration in the settings of the browser. ${BROWSERS}`;
  }
}

function schemeOf(family: 'chromium' | 'edge'): string {
  return family === 'edge' ? 'edge' : 'chrome';
}

/** Names by which browsers identify themselves; several claim to be others, so the order matters. */
function browserOf(userAgent: string): Browser {
  const system = systemOf(userAgent);
  const versionAfter = (name: RegExp) => Number(name.exec(userAgent)?.[1] ?? Number.NaN);
  const families: readonly (readonly [Family, RegExp])[] = [
    ['ios', /(?:iPhone|iPad|iPod).*OS (\d+)/],
    ['firefox', /Firefox\/(\d+)/],
    ['edge', /EdgA?\/(\d+)/],
    ['chromium', /(?:Chrome|Chromium)\/(\d+)/],
    ['safari', /Version\/(\d+).*Safari/],
  ];
  const [family, name] = families.find(([, pattern]) => pattern.test(userAgent)) ?? [
    'unknown',
    /$^/,
  ];
  return { family, system, version: versionAfter(name) };
}

function systemOf(userAgent: string): System {
  if (/Android/.test(userAgent)) return 'android';
  if (/Linux|X11|CrOS/.test(userAgent)) return 'linux';
  if (/Windows/.test(userAgent)) return 'windows';
  return /Mac OS X/.test(userAgent) ? 'mac' : 'other';
}
