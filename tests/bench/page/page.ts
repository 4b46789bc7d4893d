import { requestDevice } from '../../../src/gpu/device.ts';
import { Ours } from '../ours.ts';
import { modelOf, type Work } from '../work.ts';
import { OrtPeer } from './ort.ts';
import { PlainJsPeer } from './plainJs.ts';
import { TfjsPeer } from './tfjs.ts';

interface Candidate {
  load(work: Work, model: ReturnType<typeof modelOf>): Promise<void>;
  /** @returns milliseconds for the whole grid */
  run(): Promise<number>;
  /** Results at the probes, as `worstError` takes them. */
  probe(): Promise<(number | null)[]>;
  unload(): void | Promise<void>;
}

const makers: Record<string, () => Promise<Candidate>> = {
  Reluscope: async () => new Ours(await requestDevice(navigator.gpu)),
  'tfjs wasm': async () => new TfjsPeer('wasm'),
  'tfjs webgpu': async () => new TfjsPeer('webgpu'),
  'ort wasm': async () => new OrtPeer('wasm'),
  'ort webgpu': async () => new OrtPeer('webgpu'),
  'plain JS': async () => new PlainJsPeer(),
};
const candidates = new Map<string, Promise<Candidate>>();

function candidate(name: string): Promise<Candidate> {
  let found = candidates.get(name);
  if (!found) {
    found = makers[name]();
    candidates.set(name, found);
  }
  return found;
}

/** What the benchmark's runner calls. */
const bench = {
  async adapter(): Promise<string> {
    const { device, adapter } = await requestDevice(navigator.gpu);
    device.destroy();
    return adapter.name;
  },
  load: async (name: string, work: Work) => (await candidate(name)).load(work, modelOf(work.field)),
  run: async (name: string) => (await candidate(name)).run(),
  probe: async (name: string) => (await candidate(name)).probe(),
  unload: async (name: string) => (await candidate(name)).unload(),
};

export type Bench = typeof bench;
Object.assign(globalThis, { bench });
