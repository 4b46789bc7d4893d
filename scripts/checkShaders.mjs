// npm run check:shaders: naga, the shader compiler of Firefox, translates every shader variant for
// Vulkan, Metal and Direct3D. The last line says how many passed and failed.

import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NAGA_VERSION = '30.0.1';
const NAGA_DIRECTORY = join(ROOT, '.cache/naga');
/** Holds each variant in WGSL and naga's output for it. */
const SHADERS = join(ROOT, '.cache/shaders');
const TARGETS = ['spv', 'metal', 'hlsl'];

const naga = ensureNaga();
const files = await writeShaders();
const failures = await checkAll(files);
for (const failure of failures) console.log(failure);
console.log(`naga ${NAGA_VERSION}: every variant as ${TARGETS.join(', ')}`);
console.log(`${files.length - failures.length} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && files.length > 0 ? 0 : 1);

/**
 * @returns {string} the executable of an installed naga of that version, which is installed if it is missing
 * @throws if it cannot be installed
 */
function ensureNaga() {
  const own = join(NAGA_DIRECTORY, 'bin', process.platform === 'win32' ? 'naga.exe' : 'naga');
  const found = [own, 'naga'].find((path) => versionOf(path) === NAGA_VERSION);
  if (found) return found;
  console.log(
    `Installing naga ${NAGA_VERSION} from crates.io: once, in about a minute and a half.`,
  );
  // Without optimisation it builds in half the time, and is fast enough.
  const what = ['naga-cli', '--version', NAGA_VERSION, '--locked', '--debug'];
  const { status, error } = spawnSync('cargo', ['install', ...what, '--root', NAGA_DIRECTORY], {
    stdio: 'inherit',
  });
  if (status === 0 && existsSync(own)) return own;
  const reason =
    error?.code === 'ENOENT'
      ? 'there is no cargo'
      : (error?.message ?? `cargo exited with ${status}`);
  throw new Error(
    `naga ${NAGA_VERSION} could not be installed (${reason}): install Rust (https://rustup.rs), ` +
      `or naga-cli ${NAGA_VERSION} so that 'naga' starts it.`,
  );
}

function versionOf(executable) {
  const { status, stdout } = spawnSync(executable, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim().split(' ').at(-1) : null;
}

/** Writes the variants, as WGSL. @returns {Promise<string[]>} their files */
async function writeShaders() {
  const vite = await createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  });
  try {
    const { allShaderSources } = await vite.ssrLoadModule('/tests/kernels/shaderVariants.ts');
    rmSync(SHADERS, { recursive: true, force: true });
    mkdirSync(SHADERS, { recursive: true });
    return allShaderSources().map(({ name, code }) => {
      const file = join(SHADERS, `${name.replaceAll(' ', '-')}.wgsl`);
      writeFileSync(file, code);
      return file;
    });
  } finally {
    await vite.close();
  }
}

/** @returns {Promise<string[]>} naga's messages for those that it rejected */
async function checkAll(files) {
  const waiting = [...files];
  const failures = [];
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const message = await check(file);
      if (message !== null) failures.push(`${file}:\n${message.trim()}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return failures;
}

/** @returns {Promise<string | null>} naga's message if it rejected a file */
function check(file) {
  const outputs = TARGETS.map((target) => file.replace(/wgsl$/, target));
  return new Promise((resolve) => {
    execFile(naga, [file, ...outputs], (error, stdout, stderr) => {
      resolve(error ? `${stdout}${stderr}` || error.message : null);
    });
  });
}
