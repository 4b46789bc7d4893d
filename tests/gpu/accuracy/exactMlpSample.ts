import { neuronKey } from '../../../src/model/pattern.ts';
import type { Network } from '../../shorthand.ts';
import { drawNetwork, type ShortNetwork } from '../../shorthand.ts';
import {
  type Dyadic,
  fromNumber,
  quotientToNumber,
  subtract,
  toNumber,
} from '../../unit/reference/dyadic.ts';
import { type ExactEvaluation, exactMlp } from '../../unit/reference/exactMlp.ts';
import { type ExactSampler, ROUNDING } from './exactSample.ts';

/**
 * @param halfWidth the grid's unit of length, in which kernels round
 * @param tile how far samples are from the middle of their tile at most, along x and y, in that unit
 */
export function mlpSampler(
  field: ShortNetwork,
  center: readonly [Dyadic, Dyadic],
  halfWidth: number,
  tile: readonly [number, number],
): ExactSampler {
  const network = drawNetwork(field);
  const unit = fromNumber(halfWidth);
  const atCenter = relativePreActivations(exactMlp(network, ...center), unit);
  return (x, y) => {
    const exact = exactMlp(network, x, y);
    const u = [subtract(x, center[0]), subtract(y, center[1])].map((d) =>
      quotientToNumber(d, unit),
    );
    const atSample = relativePreActivations(exact, unit);
    let region = 0;
    [...exact.pattern.join('')].forEach((sign, neuron) => {
      if (sign === '1') region ^= neuronKey(neuron);
    });
    return {
      value: exact.value,
      gradient: [toNumber(exact.gradient[0]), toNumber(exact.gradient[1])],
      region: region >>> 0,
      away: isAwayFromHinges(network, u, tile, atCenter, atSample),
      valueSlack: 0,
      gradientSlack: 0,
    };
  };
}

function relativePreActivations({ preActivations }: ExactEvaluation, unit: Dyadic): number[][] {
  return preActivations.map((layer) => layer.map((z) => quotientToNumber(z, unit)));
}

/**
 * Whether every pre-activation keeps its sign under float32 rounding, by a running error bound: the change
 * δ of a layer's input is off by e, so that Σ w δ is off by Σ |w| e and by a rounding of each of its terms and
 * partial sums; the pre-activation at the centre is rounded once and added.
 * Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms, section 3.3.
 */
function isAwayFromHinges(
  network: Network,
  u: readonly number[],
  tile: readonly [number, number],
  atCenter: readonly number[][],
  atSample: readonly number[][],
): boolean {
  let change = [...u];
  // Steps and their multiples are rounded; tiles count from their middles, also where the sample is the centre.
  let error = change.map((d, axis) => 4 * ROUNDING * (Math.abs(d) + tile[axis]!));
  for (const [index, z] of atSample.entries()) {
    const { inputs, outputs, weight } = network.layers[index]!;
    const nextError: number[] = [];
    for (let o = 0; o < outputs; o += 1) {
      let [inherited, size] = [0, 0];
      for (let i = 0; i < inputs; i += 1) {
        const w = Math.abs(weight[o * inputs + i]!);
        inherited += w * error[i]!;
        size += w * Math.abs(change[i]!);
      }
      const p = Math.abs(atCenter[index]![o]!);
      const own = ROUNDING * ((inputs + 2) * size + 2 * Math.min(p, size));
      if (!(Math.abs(z[o]!) > 2 * (inherited + own) + 2 * ROUNDING * p)) return false;
      nextError.push(inherited + own);
    }
    change = z.map(
      (value, o) => activate(network, value) - activate(network, atCenter[index]![o]!),
    );
    error = nextError;
  }
  return true;
}

function activate(network: Network, z: number): number {
  return network.activation === 'abs' ? Math.abs(z) : Math.max(z, 0);
}
