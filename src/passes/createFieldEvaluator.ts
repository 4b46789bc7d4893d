import type { PipelineCache } from '../gpu/pipelines.ts';
import type { PreparedField } from '../kernels/prepareField.ts';
import { StraightEvaluator } from './evaluateStraight.ts';
import { WideEvaluator } from './evaluateWide.ts';
import type { FieldEvaluator } from './fieldEvaluator.ts';

/** The evaluator that serves a field: by straight-line code, or for a wide network. */
export function createFieldEvaluator(
  device: GPUDevice,
  pipelines: PipelineCache,
  field: PreparedField,
): FieldEvaluator {
  return field.form === 'straight'
    ? new StraightEvaluator(device, pipelines, field)
    : new WideEvaluator(device, pipelines, field);
}
