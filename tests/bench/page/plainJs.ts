import type { RowBlock } from '../blocks.ts';
import type { Candidate } from '../candidate.ts';
import type { Model, Work } from '../work.ts';
import { ChunkedRun, type ChunkResult } from './chunked.ts';

type Evaluate = (x: number, y: number, gradient: Float64Array | null) => number;

/** Plain loops over float64, as one writes them without a library; one thread. */
export class PlainJsPeer implements Candidate {
  private chunks: ChunkedRun | null = null;

  async load(work: Work, model: Model): Promise<void> {
    const evaluate = model.kind === 'mlp' ? mlp(model) : lse(model);
    this.chunks = new ChunkedRun(work, (points) => evaluateChunk(evaluate, points, work.gradient));
  }

  run(blocks: readonly RowBlock[]): Promise<number> {
    return this.chunks!.run(blocks);
  }

  async probe(): Promise<(number | null)[]> {
    return this.chunks!.probe();
  }

  async unload(): Promise<void> {
    this.chunks = null;
  }
}

async function evaluateChunk(
  evaluate: Evaluate,
  points: Float32Array,
  gradient: boolean,
): Promise<ChunkResult> {
  const count = points.length / 2;
  const start = performance.now();
  const value = new Float32Array(count);
  const slopes = gradient ? new Float32Array(2 * count) : null;
  const slope = gradient ? new Float64Array(2) : null;
  for (let i = 0; i < count; i += 1) {
    value[i] = evaluate(points[2 * i], points[2 * i + 1], slope);
    if (slopes && slope) {
      slopes[2 * i] = slope[0];
      slopes[2 * i + 1] = slope[1];
    }
  }
  return { milliseconds: performance.now() - start, value, gradient: slopes };
}

function mlp(given: Extract<Model, { kind: 'mlp' }>): Evaluate {
  const layers = given.layers.map((layer) => ({
    ...layer,
    weight: Float64Array.from(layer.weight),
    bias: Float64Array.from(layer.bias),
    output: new Float64Array(layer.outputs),
    adjoint: new Float64Array(layer.inputs),
  }));
  const last = layers.length - 1;
  const point = new Float64Array(2);
  return (x, y, gradient) => {
    point[0] = x;
    point[1] = y;
    let input = point;
    for (let l = 0; l <= last; l += 1) {
      const { inputs, outputs, weight, bias, output } = layers[l];
      for (let i = 0; i < outputs; i += 1) {
        let z = bias[i];
        for (let j = 0; j < inputs; j += 1) z += weight[i * inputs + j] * input[j];
        output[i] = l < last && z < 0 ? 0 : z;
      }
      input = output;
    }
    if (gradient) {
      layers[last].adjoint.set(layers[last].weight);
      for (let l = last - 1; l >= 0; l -= 1) {
        const { inputs, outputs, weight, output, adjoint } = layers[l];
        const above = layers[l + 1].adjoint;
        adjoint.fill(0);
        for (let i = 0; i < outputs; i += 1) {
          if (output[i] <= 0) continue;
          for (let j = 0; j < inputs; j += 1) adjoint[j] += weight[i * inputs + j] * above[i];
        }
      }
      gradient.set(layers[0].adjoint);
    }
    return given.isClass ? indexOfLargest(input) : input[0];
  };
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k += 1) if (values[k] > values[best]) best = k;
  return best;
}

function lse({ lambda, weight, bias }: Extract<Model, { kind: 'lse' }>): Evaluate {
  const z = new Float64Array(bias.length);
  return (x, y, gradient) => {
    let top = -Infinity;
    for (let k = 0; k < z.length; k += 1) {
      z[k] = lambda * (weight[k][0] * x + weight[k][1] * y + bias[k]);
      if (z[k] > top) top = z[k];
    }
    let sum = 0;
    let sumX = 0;
    let sumY = 0;
    for (let k = 0; k < z.length; k += 1) {
      const e = Math.exp(z[k] - top);
      sum += e;
      sumX += e * weight[k][0];
      sumY += e * weight[k][1];
    }
    if (gradient) {
      gradient[0] = sumX / sum;
      gradient[1] = sumY / sum;
    }
    return (top + Math.log(sum)) / lambda;
  };
}
