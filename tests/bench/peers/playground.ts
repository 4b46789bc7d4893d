import type { DataSet } from '../../../src/data/dataSet.ts';
import { type Steps, timed } from '../took.ts';

/** What is used of TensorFlow Playground's src/nn.ts (https://github.com/tensorflow/playground), which is not part of this project. */
export interface Playground {
  readonly Activations: Readonly<Record<'RELU' | 'TANH' | 'LINEAR', object>>;
  readonly Errors: { readonly SQUARE: object };
  buildNetwork(
    shape: readonly number[],
    activation: object,
    outputActivation: object,
    regularization: null,
    inputIds: readonly string[],
  ): object;
  forwardProp(network: object, inputs: readonly number[]): number;
  backProp(network: object, target: number, error: object): void;
  updateWeights(network: object, learningRate: number, regularizationRate: number): void;
}

const BATCH = 10;
const RATE = 0.03;

/** Steps of 2-8-8-1 in batches, by its functions in the order in which it calls them, without its losses and its page. */
export function playgroundStepper(nn: Playground, { train }: DataSet): Steps {
  const { RELU, LINEAR } = nn.Activations;
  const network = nn.buildNetwork([2, 8, 8, 1], RELU, LINEAR, null, ['x', 'y']);
  const points = Array.from({ length: train.count }, (_, i) => ({
    input: [train.x[2 * i]!, train.x[2 * i + 1]!],
    label: train.y[i]!,
  }));
  let at = 0;
  const makeSteps = (count: number) => {
    for (let step = 0; step < count; step += 1) {
      for (let i = 0; i < BATCH; i += 1) {
        const { input, label } = points[at]!;
        nn.forwardProp(network, input);
        nn.backProp(network, label, nn.Errors.SQUARE);
        at = (at + 1) % points.length;
      }
      nn.updateWeights(network, RATE, 0);
    }
  };
  return async (count) => timed(() => makeSteps(count));
}
