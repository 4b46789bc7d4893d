import { neuronKey } from '../../../src/model/pattern.ts';
import type { PlaneNetwork } from '../../../src/model/planeNetwork.ts';
import type { Point } from '../../../src/numeric/doubleDouble.ts';
import { changeOf } from '../../../src/reference/planeActivation.ts';
import { type LoadedLayer, PlanePass } from '../../../src/reference/planePass.ts';
import { ROUNDING } from '../accuracy/exactSample.ts';

/** What float32 makes of a piecewise linear network at a sample. */
export interface PlaneRounding {
  /** No pre-activation is within rounding distance of 0. */
  readonly away: boolean;
  /** The id of the activation pattern. */
  readonly pattern: number;
  /** By how much a difference of two outputs may be off. */
  readonly output: number;
  /** The same of a step of np.gradient, whose ends are not counted from the centre. */
  readonly step: number;
  /** Of all hidden neurons. */
  readonly hinges: readonly Hinge[];
}

/** A pre-activation at a sample. */
export interface Hinge {
  /** The number that its layer's hinges have. */
  readonly layer: number;
  readonly height: number;
  readonly error: number;
  readonly gradient: Pair;
}

type Pair = readonly [number, number];

/** Changes since the centre, and by how much float32 may be off. */
interface Carried {
  readonly changes: readonly number[];
  readonly errors: readonly number[];
}

/**
 * A running error bound: the change δ of a layer's input is off by e, so that Σ w δ is off by Σ |w| e and by a rounding of each of its
 * terms and partial sums; the pre-activation at the centre is rounded once and added. Where its sign is certain, an activation multiplies
 * the error by the slope there: what is level has only the rounding of its height. In a step of np.gradient the start is an anchor,
 * and a clamp's pre-activation there may be much larger than its range.
 * Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, section 3.3.
 *
 * @param tile how far samples are from the middle of their tile, along x and y
 */
export function planeRounding(
  plane: PlaneNetwork,
  center: Point,
  tile: readonly [number, number],
): (dx: number, dy: number) => PlaneRounding {
  const pass = new PlanePass(plane);
  pass.loadPrecisely(center);
  return (dx, dy) => {
    const inputs = [dx, dy];
    // Steps and their multiples are rounded; tiles count from their middles.
    const errors = inputs.map((d, axis) => 4 * ROUNDING * (Math.abs(d) + tile[axis]!));
    let carried: Carried = { changes: inputs, errors };
    let steps = carried;
    let [away, pattern] = [true, 0];
    let gradients: readonly Pair[] = [
      [1, 0],
      [0, 1],
    ];
    const hinges: Hinge[] = [];
    for (const [index, layer] of pass.layers.slice(0, -1).entries()) {
      const { changes, errors } = throughWeights(layer, carried);
      const own = gradientsOf(layer, gradients);
      gradients = own.map(([x, y], i): Pair => {
        const height = layer.preActivations[i]! + changes[i]!;
        hinges.push({ layer: layer.hiddenLayer + 1, height, error: errors[i]!, gradient: own[i]! });
        const slope = height > 0 ? 1 : slopesOf(layer)[i]!;
        return [slope * x, slope * y];
      });
      layer.preActivations.forEach((p, i) => {
        const z = p + changes[i]!;
        if (!(Math.abs(z) > 2 * errors[i]! + 2 * ROUNDING * Math.abs(p))) away = false;
        if (z > 0) pattern ^= neuronKey(layer.offset + i);
      });
      carried = throughActivation(layer, pass.layers[index + 1]!, { changes, errors });
      const ofSteps = throughWeights(layer, steps).errors;
      const slopes = slopesOf(layer).map((slope) => Math.max(1, Math.abs(slope)));
      steps = { ...carried, errors: ofSteps.map((error, i) => slopes[i]! * error) };
    }
    const last = pass.layers.at(-1)!;
    const [output, step] = [carried, steps].map(
      (before) => 2 * Math.max(...throughWeights(last, before).errors),
    );
    return { away, pattern: pattern >>> 0, output: output!, step: step!, hinges };
  };
}

function throughWeights(
  { inputs, outputs, weight, preActivations }: LoadedLayer,
  { changes, errors }: Carried,
): Carried {
  const after = Array.from({ length: outputs }, (_, i) => {
    let [inherited, size, change] = [0, 0, 0];
    for (let j = 0; j < inputs; j += 1) {
      const w = weight[i * inputs + j]!;
      inherited += Math.abs(w) * errors[j]!;
      size += Math.abs(w * changes[j]!);
      change += w * changes[j]!;
    }
    const p = Math.abs(preActivations[i]!);
    return { change, error: inherited + ROUNDING * ((inputs + 2) * size + 2 * Math.min(p, size)) };
  });
  return { changes: after.map(({ change }) => change), errors: after.map(({ error }) => error) };
}

/** Of a layer's pre-activations, from those of its inputs. */
function gradientsOf({ inputs, outputs, weight }: LoadedLayer, of: readonly Pair[]): Pair[] {
  const along = (i: number, axis: 0 | 1) =>
    of.reduce((sum, gradient, j) => sum + weight[i * inputs + j]! * gradient[axis], 0);
  return Array.from({ length: outputs }, (_, i): Pair => [along(i, 0), along(i, 1)]);
}

/** @param next the layer after it, at which a clamp begun in this one ends */
function throughActivation(
  layer: LoadedLayer,
  next: LoadedLayer,
  { changes, errors }: Carried,
): Carried {
  const { activation, preActivations } = layer;
  return {
    changes: changes.map((change, i) => changeOf(activation, preActivations[i]!, change, i)),
    errors: errors.map((error, i) => {
      const slope = Math.abs(slopesOf(layer)[i]!);
      const z = preActivations[i]! + changes[i]!;
      if (z > 2 * error) return error;
      const height = Math.min(
        Math.abs(preActivations[i]!),
        next.isOneToOne ? next.bias[i]! : Infinity,
      );
      const ofHeight = 2 * ROUNDING * Math.min(height, Math.abs(changes[i]!));
      return (z < -2 * error ? slope : Math.max(1, slope)) * error + ofHeight;
    }),
  };
}

function slopesOf({ activation }: LoadedLayer): Float64Array {
  if (activation.kind !== 'twoSlope') throw new Error(`received the activation ${activation.kind}`);
  return activation.slopes;
}
