import type { AdapterProfile } from '../gpu/adapterProfile.ts';
import type { PipelineCache } from '../gpu/pipelines.ts';
import type { PreparedField } from '../kernels/prepareField.ts';
import { StraightEvaluator } from './evaluateStraight.ts';
import { WideEvaluator } from './evaluateWide.ts';
import type { FieldEvaluator } from './fieldEvaluator.ts';

/** What evaluation needs from the device. */
export interface EvaluatingDevice {
  readonly device: GPUDevice;
  readonly pipelines: PipelineCache;
  readonly profile: AdapterProfile;
}

/** The evaluator of a field: straight-line code, or the one for wide networks. */
export function createFieldEvaluator(
  { device, pipelines, profile }: EvaluatingDevice,
  field: PreparedField,
): FieldEvaluator {
  return field.form === 'straight'
    ? new StraightEvaluator(device, pipelines, field)
    : new WideEvaluator(device, pipelines, profile, field);
}
