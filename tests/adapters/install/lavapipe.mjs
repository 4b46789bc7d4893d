// Mesa's lavapipe, a Vulkan driver for the CPU: Debian's backport, since Dawn refuses bookworm's own 22.3.6. It is
// unpacked under .cache and serves those who are started with its environment.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages, unpackBackport } from './debian.mjs';

const DIRECTORY = fileURLToPath(new URL('../../../.cache/lavapipe', import.meta.url));
/** Written last, so that what was cut short is done again. */
const READY = join(DIRECTORY, 'driver.json');
const CONTRACTION = join(DIRECTORY, 'contract.so');
const CONTRACTION_SOURCE = fileURLToPath(new URL('../dawn/contract.c', import.meta.url));

/**
 * @returns {Record<string, string>} environment in which Vulkan is lavapipe and nothing else
 * @throws where it can not be had
 */
export function ensureLavapipe() {
  if (!existsSync(READY)) {
    console.log("Getting lavapipe from Debian's backports.");
    const unpacked = unpackBackport('mesa-vulkan-drivers', DIRECTORY);
    const manifest = readManifest(join(unpacked, 'usr/share/vulkan/icd.d/lvp_icd.json'));
    manifest.ICD.library_path = join(librariesOf(unpacked), 'libvulkan_lvp.so');
    writeFileSync(READY, JSON.stringify(manifest));
  }
  const { library_path: driver } = readManifest(READY).ICD;
  return {
    VK_DRIVER_FILES: READY,
    LD_LIBRARY_PATH: driver.slice(0, driver.lastIndexOf('/')),
  };
}

/**
 * @param {Record<string, string>} lavapipe its environment
 * @returns {Record<string, string>} what to add to it, so that arithmetic is contracted
 * @throws where there is no C compiler and none can be installed
 */
export function ensureContraction(lavapipe) {
  if (!hasCompiler()) installPackages('gcc', 'libc6-dev');
  const driver = readManifest(lavapipe.VK_DRIVER_FILES).ICD.library_path;
  const env = { ...process.env, ...lavapipe };
  const needed = execFileSync('ldd', [driver], { env, encoding: 'utf8' });
  const llvm = /libLLVM\S* => (\S+)/.exec(needed)?.[1];
  if (!llvm)
    throw new Error(`${driver} needs no shared LLVM that could be stood before:\n${needed}`);
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
  execFileSync('cc', [...flags, '-o', CONTRACTION, CONTRACTION_SOURCE, llvm], { stdio: 'inherit' });
  return { LD_PRELOAD: CONTRACTION };
}

function hasCompiler() {
  return (process.env.PATH ?? '').split(':').some((path) => existsSync(join(path, 'cc')));
}

function librariesOf(unpacked) {
  const triplet = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch];
  if (!triplet) throw new Error(`received a machine of ${process.arch}, expected x64 or arm64`);
  return join(unpacked, 'usr/lib', triplet);
}

function readManifest(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
