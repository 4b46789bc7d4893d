// Builds what the package holds: before it is packed, and when npm installs it from a directory or a git repository.
//
// npm runs `prepack` only for `npm pack` and `npm publish`, and `prepare` when somebody else installs the
// repository, but also after every `npm ci` in a checkout, where nothing has to be built.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { npm_lifecycle_event: event, npm_config_local_prefix: project = '' } = process.env;
const isOwnInstall = event === 'prepare' && join(project, '/') === root;

if (!isOwnInstall) {
  // npm installs no development dependencies of a directory that it links.
  if (!existsSync(join(root, 'node_modules/vite'))) npm('ci', '--no-audit', '--no-fund');
  npm('run', 'build');
}

/** @param {readonly string[]} args */
function npm(...args) {
  execFileSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
}
