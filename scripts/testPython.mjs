// npm run test:python: makes a virtual environment in .cache, builds the page that the package holds, and runs the package's
// tests. Arguments are pytest's.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const venv = join(root, '.cache/python');
const python = join(venv, 'bin/python');
const stamp = join(venv, 'installed');
const requirements = readFileSync(join(root, 'python/requirements-test.txt'), 'utf8');
const project = readFileSync(join(root, 'python/pyproject.toml'), 'utf8');

makeEnvironment();
run('npm', ['run', 'build:python']);
const { status } = spawnSync(python, ['-m', 'pytest', ...process.argv.slice(2)], {
  cwd: join(root, 'python'),
  stdio: 'inherit',
  env: { ...process.env, RELUSCOPE_BROWSER: ensureBrowser() },
});
// A run without tests has failed, too.
process.exit(status ?? 1);

/** Made anew when what it holds is another. */
function makeEnvironment() {
  const base = findPython();
  const wanted = createHash('sha256')
    .update([base.program, requirements, project].join('\n'))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  rmSync(venv, { recursive: true, force: true });
  const shared = base.hasTorch ? ['--system-site-packages'] : [];
  run(base.program, ['-m', 'venv', ...shared, venv]);
  run(python, ['-m', 'pip', 'install', '--quiet', 'uv']);
  const torch = base.hasTorch ? [] : ['torch'];
  const install = ['-m', 'uv', 'pip', 'install', '--quiet', '--python', python];
  run(python, [...install, ...torch, '-r', 'python/requirements-test.txt']);
  run(python, [...install, '--no-deps', '--editable', 'python']);
  writeFileSync(stamp, wanted);
}

/**
 * Debian's Python with its torch, which is small; PyPI's brings gigabytes of libraries for GPUs on Linux. Elsewhere any Python, and
 * PyPI's torch.
 */
function findPython() {
  const debian = '/usr/bin/python3';
  if (process.platform === 'linux' && existsSync('/usr/bin/apt-get') && existsSync(debian)) {
    if (!can(debian, 'import torch, venv, ensurepip')) {
      const packages = 'python3-torch python3-venv';
      const apt = `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y ${packages}`;
      run('sh', ['-c', process.getuid?.() === 0 ? apt : `sudo -n sh -c '${apt}'`]);
    }
    return { program: debian, hasTorch: true };
  }
  const found = ['python3', 'python'].find((name) => can(name, 'import venv, ensurepip'));
  if (found) return { program: found, hasTorch: false };
  throw new Error('No Python with venv and ensurepip: install Python 3.9 or later.');
}

/** @param {string} program @param {string} code */
function can(program, code) {
  return spawnSync(program, ['-c', code]).status === 0;
}

/** @param {string} program @param {readonly string[]} args */
function run(program, args) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? status}`);
}
