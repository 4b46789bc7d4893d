import type { AdamOptimizer, Optimizer, Penalty, SgdOptimizer } from './recipe.ts';

/** An optimiser at work. It keeps its memory, e.g. the momentum, in `memory`, of which snapshots are made. */
export interface Stepper {
  readonly memory: readonly Float64Array[];
  /**
   * Moves the parameters against the gradient, both [count], as torch.optim does.
   * @param rate the learning rate of this step
   * @param step counts from 0
   */
  step(parameters: Float64Array, gradient: Float64Array, rate: number, step: number): void;
}

/** @param count parameters */
export function createStepper(optimizer: Optimizer, count: number): Stepper {
  return optimizer.kind === 'sgd' ? sgd(optimizer, count) : adam(optimizer, count);
}

/** Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html, with dampening 0 */
function sgd({ momentum, nesterov, weightDecay }: SgdOptimizer, count: number): Stepper {
  const velocity = new Float64Array(momentum === 0 ? 0 : count);
  return {
    memory: [velocity],
    step(parameters, gradient, rate) {
      if (momentum === 0) {
        for (let i = 0; i < count; i += 1) {
          parameters[i]! -= rate * (gradient[i]! + weightDecay * parameters[i]!);
        }
        return;
      }
      for (let i = 0; i < count; i += 1) {
        const slope = gradient[i]! + weightDecay * parameters[i]!;
        const moved = momentum * velocity[i]! + slope;
        velocity[i] = moved;
        parameters[i]! -= rate * (nesterov ? slope + momentum * moved : moved);
      }
    },
  };
}

/**
 * Adam adds the decay to the gradient; AdamW takes it off the parameters.
 *
 * Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html and AdamW.html
 */
function adam({ kind, betas, epsilon, weightDecay }: AdamOptimizer, count: number): Stepper {
  const mean = new Float64Array(count);
  const square = new Float64Array(count);
  const [beta1, beta2] = betas;
  const [added, taken] = kind === 'adam' ? [weightDecay, 0] : [0, weightDecay];
  return {
    memory: [mean, square],
    step(parameters, gradient, rate, step) {
      const size = rate / (1 - beta1 ** (step + 1));
      const root = Math.sqrt(1 - beta2 ** (step + 1));
      const kept = 1 - rate * taken;
      for (let i = 0; i < count; i += 1) {
        const slope = gradient[i]! + added * parameters[i]!;
        const m = beta1 * mean[i]! + (1 - beta1) * slope;
        const v = beta2 * square[i]! + (1 - beta2) * slope * slope;
        mean[i] = m;
        square[i] = v;
        parameters[i] = kept * parameters[i]! - (size * m) / (Math.sqrt(v) / root + epsilon);
      }
    },
  };
}

/** Adds the gradient of the penalty by weights, which lie between `from` and `to`. */
export function addPenalty(
  { l1, l2 }: Penalty,
  parameters: Float64Array,
  gradient: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i += 1) {
    gradient[i]! += l1 * Math.sign(parameters[i]!) + l2 * parameters[i]!;
  }
}
