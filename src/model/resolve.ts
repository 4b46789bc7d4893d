import { networkOf, shapeOf } from './drawnNetwork.ts';
import type { Field } from './field.ts';
import type { FullNetwork, NetworkSource } from './networks.ts';
import type { PlaneNetwork } from './planeNetwork.ts';
import { READOUTS, type Readout } from './readouts.ts';
import { restrict } from './restrict.ts';
import { defaultSlice, type Slice } from './slice.ts';

/** A readout of the outputs of `ResolvedField.plane`. */
export type PlaneReadout = Exclude<Readout, { readonly kind: 'neuron' }>;

/** A field with its parameters: kernels, reference, geometry and exports read this and draw nothing themselves. */
export interface ResolvedField {
  readonly field: Field;
  /** Differs from that of every other resolved field. */
  readonly revision: number;
  /** The whole network, d → K. */
  readonly network: FullNetwork;
  /** The network on the slice, with the outputs that the readout reads. */
  readonly plane: PlaneNetwork;
  /** The readout of these: the index of a single output is 0, and a hidden neuron is an output. */
  readonly readout: PlaneReadout;
  /** The network on the slice with all its outputs: linear regions and affine maps are those of this one. */
  readonly whole: PlaneNetwork;
  /** Bounds of the field's values; ±Infinity if none are known. */
  readonly bounds: { readonly min: number; readonly max: number };
}

const resolved = new WeakMap<Field, ResolvedField>();
const networks = new WeakMap<NetworkSource, FullNetwork>();
let revisions = 0;

/** The field with its parameters; the same object for the same field, so that nothing is drawn twice. */
export function resolve(field: Field): ResolvedField {
  const known = resolved.get(field);
  if (known) return known;
  const made = new Resolved(field);
  resolved.set(field, made);
  return made;
}

/** The network of a source, drawn once. */
export function networkFor(source: NetworkSource): FullNetwork {
  const known = networks.get(source);
  if (known) return known;
  const made = networkOf(source);
  networks.set(source, made);
  return made;
}

const THE_PLANE: Slice = defaultSlice(2);
const restricted = new WeakMap<NetworkSource, WeakMap<Slice, PlaneNetwork>>();

/** The network on a slice with all its outputs, whatever is read of them; made once. */
function wholeFor(source: NetworkSource, slice: Slice | null): PlaneNetwork {
  const ofSlices = restricted.get(source) ?? new WeakMap<Slice, PlaneNetwork>();
  restricted.set(source, ofSlices);
  const key = slice ?? THE_PLANE;
  const known = ofSlices.get(key);
  if (known) return known;
  const made = restrict(networkFor(source), slice, null);
  ofSlices.set(key, made);
  return made;
}

class Resolved implements ResolvedField {
  readonly revision = ++revisions;
  readonly readout: PlaneReadout;
  readonly bounds: ResolvedField['bounds'];
  #plane: PlaneNetwork | null = null;

  constructor(readonly field: Field) {
    const { readout } = field;
    const { outputs } = shapeOf(field.network);
    this.bounds = READOUTS[readout.kind].bounds(readout, outputs);
    this.readout = ofPlane(readout);
  }

  get network(): FullNetwork {
    return networkFor(this.field.network);
  }

  get plane(): PlaneNetwork {
    const { readout } = this.field;
    if (!READOUTS[readout.kind].ofOne) return this.whole;
    this.#plane ??= restrict(this.network, this.field.slice, readout);
    return this.#plane;
  }

  get whole(): PlaneNetwork {
    return wholeFor(this.field.network, this.field.slice);
  }
}

function ofPlane(readout: Readout): PlaneReadout {
  if (readout.kind === 'neuron') return { kind: 'output', index: 0 };
  return READOUTS[readout.kind].ofOne ? ({ ...readout, index: 0 } as PlaneReadout) : readout;
}
