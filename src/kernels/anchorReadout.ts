import { MAX_OUTPUTS } from '../model/networks.ts';
import type { PlaneReadout } from '../model/resolve.ts';
import { add, type DoubleDouble, negate, toNumber, ZERO } from '../numeric/doubleDouble.ts';
import type { DoubleDoubles } from '../numeric/doubleDoubles.ts';
import type { Anchor } from './anchor.ts';
import { powerOfTwo } from './anchorLogits.ts';
import { STRUCT_FLOATS } from './outputsReadout.ts';

/** A readout at the anchor, in the words of readoutPasses.ts; the outputs' unit is 1, unless only their order counts. */
export interface ReadoutAtAnchor {
  /**
   * The rows of the output layer: the outputs less their common part, then that part if it counts.
   * @param ofOutputs [K] something that is linear in the outputs, e.g. their weights by a neuron
   */
  rows(ofOutputs: readonly number[]): number[];
  /** The derivatives of the value by the rows; null if kernels count them from 0, since they change too much in the view or are 0. */
  readonly shares: readonly number[] | null;
  /** `struct Readout` of shaders/common/readout.wgsl. */
  readonly numbers: Float32Array<ArrayBuffer>;
  /** value = offset + scale · stored. */
  readonly offset: DoubleDouble;
  readonly scale: number;
}

/** Numbers of an output, and those that are common to all, by their names in readout.wgsl. */
type OutputNumbers = Partial<Record<(typeof OUTPUT_MEMBERS)[number], number>>;
type CommonNumbers = Partial<Record<(typeof MEMBERS)[number], number>>;

const MEMBERS = ['steep', 'inverse', 'outer', 'rate', 'near', 'logitUnit'] as const;
const OUTPUT_MEMBERS = ['p', 'behind', 'pi', 'logPi', 'pick'] as const;

/** Differences of outputs stay finite in float32, in half-widths, and so do sums of them and of changes that float32 holds a tenth of. */
const P_MAX = 1e37;
/** In this unit differences of changes, and their sums, stay finite. */
const CHANGE_MAX = 2 ** 120;
/** Beyond, every exponential except those of ties is 0 or 1 at any sample. */
const STEEP_MAX = 2 ** 100;
/** No exponent rises by this much in a view. */
const EXPONENT_MAX = 16 * STEEP_MAX;
/** Exponents below this may be moved: e^−100 vanishes beside 1. */
const SPENT = -100;
/** Exponents of the whole view up to this are near those at the anchor. */
const NEAR = 0.5;

/**
 * @param outputs [K] of the network
 * @param mostChange a bound of how far outputs change in the view, in half-widths
 */
export function readAtAnchor(
  readout: PlaneReadout,
  outputs: DoubleDoubles,
  anchor: Anchor,
  mostChange: () => number,
): ReadoutAtAnchor {
  const values = Array.from(outputs.high, (_, k) => outputs.get(k));
  switch (readout.kind) {
    case 'output':
      return {
        rows: (own) => [...own],
        shares: [1],
        numbers: pack({}, []),
        offset: values[0]!,
        scale: anchor.halfWidth,
      };
    case 'sigmoid':
    case 'tanh': {
      // Sigmoid is softmax of the outputs 0 and z, tanh(z) = 2 sigmoid(2 z) − 1.
      const [gain, shift] = readout.kind === 'tanh' ? [2, -1] : [1, 0];
      const shown = { kind: 'softmax', index: 1, lambda: gain } as const;
      const of2 = shares(shown, [ZERO, ...values], anchor, mostChange, gain);
      const offset = add(scaleBy(of2.offset, gain), { high: shift, low: 0 });
      const ofRows = of2.shares?.map((share) => gain * share) ?? null;
      return { ...of2, offset, shares: ofRows, rows: (own) => of2.rows([0, ...own]) };
    }
    case 'lse':
    case 'gap':
    case 'softmax':
      return shares(readout, values, anchor, mostChange, 1);
    default:
      return winner(readout, values, anchor, mostChange);
  }
}

function scaleBy({ high, low }: DoubleDouble, power: number): DoubleDouble {
  return { high: power * high, low: power * low };
}

function pack(
  common: CommonNumbers,
  ofOutputs: readonly OutputNumbers[],
): Float32Array<ArrayBuffer> {
  const numbers = new Float32Array(STRUCT_FLOATS * (1 + MAX_OUTPUTS));
  MEMBERS.forEach((name, i) => {
    numbers[i] = common[name] ?? 0;
  });
  ofOutputs.forEach((own, k) => {
    OUTPUT_MEMBERS.forEach((name, i) => {
      numbers[STRUCT_FLOATS * (1 + k) + i] = own[name] ?? 0;
    });
  });
  return numbers;
}

const difference = (a: DoubleDouble, b: DoubleDouble) => toNumber(add(a, negate(b)));

function indexOfLargest(values: readonly DoubleDouble[], except = -1): number {
  let best = except === 0 ? 1 : 0;
  values.forEach((value, k) => {
    if (k !== except && difference(value, values[best]!) > 0) best = k;
  });
  return best;
}

/** Readouts that compare outputs: the common part is the one that wins at the anchor. */
function winner(
  readout: Extract<PlaneReadout, { readonly kind: 'max' | 'argmax' | 'class' | 'margin' }>,
  outputs: readonly DoubleDouble[],
  { halfWidth }: Anchor,
  mostChange: () => number,
): ReadoutAtAnchor {
  const isIdentity = readout.kind === 'argmax' || readout.kind === 'class';
  const unit = isIdentity ? Math.max(1, powerOfTwo(mostChange() / CHANGE_MAX)) : 1;
  const sign = 'wins' in readout && readout.wins === 'least' ? -1 : 1;
  const values = outputs.map((value) => scaleBy(value, sign));
  const top = indexOfLargest(values);
  const second = values.length > 1 ? indexOfLargest(values, top) : top;
  const relative = (k: number, to: number) =>
    Math.min(P_MAX, Math.max(-P_MAX, difference(values[k]!, values[to]!) / halfWidth / unit));
  // Of the margin.
  const lead = (k: number) => Number(k === top) - Number(k === second);
  const numbers = pack(
    {},
    values.map((_, k) => ({
      p: relative(k, top),
      behind: relative(k, second),
      pick: readout.kind === 'margin' ? lead(k) : Number('index' in readout && readout.index === k),
    })),
  );
  const shares = {
    max: [...values.map(() => 0), 1],
    margin: values.map((_, k) => lead(k)),
    argmax: null,
    class: null,
  }[readout.kind];
  const ahead = add(values[top]!, negate(values[second]!));
  return {
    rows: (own) => [
      ...own.map((value) => (sign * (value - own[top]!)) / unit),
      ...(readout.kind === 'max' ? [sign * own[top]!] : []),
    ],
    shares,
    numbers,
    offset: isIdentity ? ZERO : readout.kind === 'max' ? values[top]! : ahead,
    scale: isIdentity ? 1 : halfWidth,
  };
}

/** Readouts by softmax: the common part is the mean of the outputs under softmax at the anchor. */
function shares(
  readout: Extract<PlaneReadout, { readonly kind: 'lse' | 'gap' | 'softmax' }>,
  values: readonly DoubleDouble[],
  { halfWidth }: Anchor,
  mostChange: () => number,
  gain: number,
): ReadoutAtAnchor {
  const { kind, lambda } = readout;
  const top = indexOfLargest(values);
  const index = kind === 'softmax' ? readout.index : top;
  const below = values.map((value) => difference(value, values[top]!));
  const most = mostChange();
  const steepness = lambda * halfWidth;
  const steep = Math.min(steepness, STEEP_MAX / Math.max(1, most));
  const exponents = below.map((d) => {
    const own = lambda * d;
    // Less steep exponents keep their ties in place, except for what matters at the anchor itself.
    return steepness > steep ? Math.min(own * (steep / steepness), Math.max(own, SPENT)) : own;
  });
  const rest = exponents.reduce((sum, e, k) => (k === top ? sum : sum + Math.exp(e)), 0);
  const logPi = exponents.map((e) => e - Math.log1p(rest));
  const pi = logPi.map(Math.exp);
  const near = steep * most <= NEAR;
  const fromAnchor = kind === 'lse' || near;
  const mean = (of: (i: number) => number) => pi.reduce((sum, share, i) => sum + share * of(i), 0);
  const others = pi.reduce((sum, share, k) => (k === index ? sum : sum + share), 0);
  const sharesAt = {
    lse: [...pi.map(() => 0), 1],
    gap: near ? pi.map((share, k) => (k === top ? -others : share)) : null,
    softmax: near
      ? pi.map((share, k) => lambda * pi[index]! * (k === index ? others : -share))
      : null,
  }[kind];
  const gap: DoubleDouble = { high: Math.log1p(rest) / lambda, low: 0 };
  const { offset, scale } = {
    lse: { offset: add(values[top]!, gap), scale: halfWidth },
    gap: near ? { offset: gap, scale: halfWidth } : { offset: ZERO, scale: 1 / lambda },
    softmax: {
      offset: { high: pi[index]!, low: 0 },
      scale: 1,
    },
  }[kind];
  return {
    // As sums of differences: where π is nearly 1 for one k, its own difference from the mean is tiny.
    rows: (own) => [
      ...own.map((value) => mean((i) => value - own[i]!)),
      ...(kind === 'lse' ? [mean((i) => own[i]!)] : []),
    ],
    shares: sharesAt,
    numbers: pack(
      {
        steep,
        inverse: fromAnchor ? 1 / steep : 1,
        outer: gain,
        rate: gain * lambda,
        near: Number(near),
        logitUnit: fromAnchor ? 1 : lambda * halfWidth,
      },
      values.map((_, k) => ({
        p: Math.max(-P_MAX, below[k]! / halfWidth),
        pi: pi[k]!,
        logPi: Math.max(-EXPONENT_MAX, logPi[k]!),
        pick: Number(k === index),
      })),
    ),
    offset,
    scale,
  };
}
