// What is measured.

import type { Field } from '../../src/model/field.ts';
import type { Readout } from '../../src/model/readouts.ts';
import { defaultSlice } from '../../src/model/slice.ts';
import { fieldOf } from '../shorthand.ts';

export interface NamedField {
  readonly name: string;
  readonly field: Field;
}

export interface WorkItem extends NamedField {
  /** Samples along each axis. */
  readonly side: number;
  readonly gradient: boolean;
}

const mlp = (...widths: number[]): NamedField => ({
  name: widths.join('-'),
  field: fieldOf({ kind: 'mlp', widths, activation: 'relu', seed: 0, outputBias: null }),
});
const lse = (count: number): NamedField => ({
  name: `lse, K = ${count}`,
  field: fieldOf({ kind: 'lse', lambda: 1, logits: count === 2 ? null : { count, seed: 0 } }),
});

/** A classifier of five inputs, on the slice in which the first two vary. */
const CLASSIFIER = { name: '5-50×6-5', widths: [5, 50, 50, 50, 50, 50, 50, 5] };
const classifier = (name: string, readout: Readout): NamedField => ({
  name: `${CLASSIFIER.name}, ${name}`,
  field: {
    network: {
      kind: 'drawn',
      widths: CLASSIFIER.widths,
      activation: 'relu',
      seed: 0,
      outputBias: null,
    },
    slice: defaultSlice(5),
    readout,
  },
});

export const SHALLOW = mlp(2, 20, 1);
export const DEEP = mlp(2, 5, 5, 5, 5, 1);
const WIDE = mlp(2, 64, 64, 64, 1);
const WIDEST = mlp(2, 256, 256, 1);
const LSE = [lse(2), lse(10)];
const OUTPUT = classifier('output', { kind: 'output', index: 0 });
/** Its gradient is 0. */
const CLASS = classifier('class', { kind: 'class', wins: 'greatest' });

/** The networks whose evaluation, reseeding and regions are timed. */
export const NETWORKS = [SHALLOW, DEEP, WIDE];

/** Networks of one depth, for how cost grows with the number of parameters. */
const GROWING = [8, 16, 32, 64, 128].map((width) => mlp(2, width, width, width, 1));

export interface Extent {
  readonly quick: boolean;
  readonly only: string;
  readonly grids: readonly number[] | null;
}

export function kernelWorks({ quick, only, grids }: Extent): WorkItem[] {
  const sides = grids ?? (quick ? [500, 1024] : [500, 1024, 2048, 4096, 8192]);
  return sides.flatMap((side) => bothOutputs(NETWORKS.filter(named(only)), side));
}

export function growingWorks({ quick, only }: Extent): WorkItem[] {
  const side = quick ? 512 : 1024;
  return GROWING.filter(named(only)).map((field) => ({ ...field, side, gradient: false }));
}

export function peerWorks({ quick, only, grids }: Extent): WorkItem[] {
  const fields = quick ? [SHALLOW, DEEP] : [SHALLOW, DEEP, ...LSE, WIDE, WIDEST, OUTPUT];
  const classes = quick ? [] : [CLASS];
  return (grids ?? [1024]).flatMap((side) => [
    ...bothOutputs(fields.filter(named(only)), side),
    ...classes.filter(named(only)).map((field) => ({ ...field, side, gradient: false })),
  ]);
}

/** The peers' own WebGPU backends, slow on a software adapter. */
export function smallGridWorks({ only }: Extent): WorkItem[] {
  return [SHALLOW, DEEP]
    .filter(named(only))
    .map((field) => ({ ...field, side: 128, gradient: false }));
}

function bothOutputs(fields: readonly NamedField[], side: number): WorkItem[] {
  return fields.flatMap((field) => [false, true].map((gradient) => ({ ...field, side, gradient })));
}

function named(only: string): (field: NamedField) => boolean {
  return ({ name }) => name.includes(only);
}
