import type { RowBlock } from '../blocks.ts';
import type { Candidate } from '../candidate.ts';
import { type Clock, Ours } from '../ours.ts';
import { modelOf, type Work } from '../work.ts';
import { OrtPeer } from './ort.ts';
import { PlainJsPeer } from './plainJs.ts';
import { TfjsPeer } from './tfjs.ts';

const makers: Record<string, () => Promise<Candidate>> = {
  Reluscope: () => ours(),
  'tfjs wasm': async () => new TfjsPeer('wasm'),
  'tfjs webgpu': async () => new TfjsPeer('webgpu'),
  'ort wasm': async () => new OrtPeer('wasm'),
  'ort webgpu': async () => new OrtPeer('webgpu'),
  'plain JS': async () => new PlainJsPeer(),
};
const candidates = new Map<string, Promise<Candidate>>();
let oursOnce: Promise<Ours> | null = null;

function ours(): Promise<Ours> {
  oursOnce ??= Ours.create(navigator.gpu);
  return oursOnce;
}

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
  adapter: async (): Promise<string> => (await ours()).adapter,
  load: async (name: string, work: Work) => (await candidate(name)).load(work, modelOf(work.field)),
  run: async (name: string, blocks: readonly RowBlock[]) => (await candidate(name)).run(blocks),
  /** Reluscope alone, by the device's own clock where it has one. */
  runOnDevice: async (blocks: readonly RowBlock[]): Promise<{ ms: number; clock: Clock }> =>
    (await ours()).runOnDevice(blocks),
  probe: async (name: string) => (await candidate(name)).probe(),
  unload: async (name: string) => (await candidate(name)).unload(),
};

export type Bench = typeof bench;
Object.assign(globalThis, { bench });
