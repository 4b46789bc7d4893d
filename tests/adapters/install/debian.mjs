// Debian's packages: installed where that needs to be, or only unpacked beside the project.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** With which Debian signs. */
const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';

/**
 * Installs packages on this machine.
 * @throws where that is not Debian, not allowed, or fails
 */
export function installPackages(...names) {
  requireDebian(`to install ${names.join(', ')}`);
  const script = `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${names.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  console.log(`Installing ${names.join(', ')}.`);
  execFileSync('sh', ['-c', isRoot ? script : `sudo -n sh -c '${script}'`], { stdio: 'inherit' });
}

/**
 * Unpacks a package of this Debian's backports, and all that it needs and this machine lacks, into a directory.
 * Nothing is installed, and apt's own sources and lists stay as they are.
 * @throws where that is not Debian, or fails
 */
export function unpackBackport(name, directory) {
  requireDebian(`to get ${name}`);
  const apt = join(directory, 'apt');
  const unpacked = join(directory, 'unpacked');
  const [lists, archives] = ['lists', 'archives'].map((part) => join(apt, part));
  rmSync(directory, { recursive: true, force: true });
  for (const part of [lists, archives]) mkdirSync(join(part, 'partial'), { recursive: true });
  mkdirSync(unpacked);
  const { uri, release } = debianSource();
  const backports = `${release}-backports`;
  const sources = join(apt, 'sources.list');
  writeFileSync(
    sources,
    [release, backports].map((suite) => `deb [signed-by=${KEYS}] ${uri} ${suite} main\n`).join(''),
  );
  const options = {
    'Dir::Etc::SourceList': sources,
    'Dir::Etc::SourceParts': '-',
    'Dir::State::Lists': lists,
    'Dir::Cache': apt,
    'Dir::Cache::Archives': archives,
    // What is private needs no lock and no other user.
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': '',
  };
  const settings = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  const run = (...words) =>
    execFileSync('apt-get', [...settings, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  run('update');
  const how = ['--download-only', '--reinstall', '--no-install-recommends', '-y', '-t', backports];
  run('install', ...how, name);
  for (const file of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
    execFileSync('dpkg-deb', ['-x', join(archives, file), unpacked]);
  }
  rmSync(apt, { recursive: true });
  return unpacked;
}

function requireDebian(why) {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/etc/debian_version'))
    throw new Error(`${why}, Debian with apt-get is needed; this is ${process.platform}`);
}

/** Where this Debian comes from, by its own sources. */
function debianSource() {
  const format = '$(CODENAME) $(COMPONENT) $(ORIGIN) $(REPO_URI)';
  const targets = execFileSync('apt-get', ['indextargets', '--format', format], {
    encoding: 'utf8',
  });
  const found = targets
    .split('\n')
    .map((line) => line.split(' '))
    // Its updates and backports have names with a dash.
    .find(
      ([release, part, origin]) => origin === 'Debian' && part === 'main' && !release.includes('-'),
    );
  if (!found) throw new Error('apt has no source of Debian main: run apt-get update');
  const [release, , , uri] = found;
  return { release, uri };
}
