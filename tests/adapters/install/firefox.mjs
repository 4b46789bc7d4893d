// Finds an installed Firefox, or installs Debian's.

import { existsSync } from 'node:fs';
import { installPackages } from './debian.mjs';

const INSTALLED = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/**
 * @returns {string} the executable: what RELUSCOPE_FIREFOX names, or an installed one
 * @throws where there is none and none can be installed
 */
export function ensureFirefox() {
  const named = process.env.RELUSCOPE_FIREFOX;
  if (named && !existsSync(named))
    throw new Error(`RELUSCOPE_FIREFOX: received '${named}', expected an existing file`);
  const find = () => named ?? INSTALLED.find((path) => existsSync(path));
  if (!find()) installPackages('firefox-esr');
  const found = find();
  if (!found)
    throw new Error('No Firefox: install one, or set RELUSCOPE_FIREFOX to its executable.');
  return found;
}
