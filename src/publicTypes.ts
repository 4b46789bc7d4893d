/** The types of which those of the library consist. */
export type {
  BlobsSource,
  CirclesSource,
  DataSource,
  DigitsSource,
  ExerciseSource,
  FormulaSource,
  MoonsSource,
  PointsSource,
  SpiralsSource,
  Split,
  XorSource,
} from './data/dataSpec.ts';
export type { PlainLayer } from './formats/plainNetwork.ts';
export type { Decision, DecisionClass, PlaneWindow } from './geometry/arrangement.ts';
export type { Affine } from './geometry/arrangementToJson.ts';
export type { RegionBounds } from './geometry/bounds.ts';
export type { Corner } from './geometry/decisionFeatures.ts';
export type { PlainInvalidInput } from './input/invalidInput.ts';
export type { Activation, PlainActivationKind } from './model/activations.ts';
export type { Vec2 } from './model/field.ts';
export type { ImageChoice } from './model/imageShape.ts';
export type { ModelInput, ModelUnit } from './model/models.ts';
export type {
  DrawnSource,
  ExplicitLayer,
  ExplicitSource,
  IdentitySource,
  ModelSource,
  NetworkSource,
} from './model/networks.ts';
export type { Readout, Wins } from './model/readouts.ts';
export type { ShortLogits } from './model/shorthand.ts';
export type { Slice } from './model/slice.ts';
export type { ModelOptions } from './models/readModel.ts';
export type { ShownRange } from './picture/frameReport.ts';
export type { AffineMap } from './reference/evaluator.ts';
export type { DecisionResult, RegionsView } from './regions/regionsRequest.ts';
export type { Norm } from './scales/norms.ts';
export type { Contours, Range } from './scales/pictureColors.ts';
export type {
  ActivationInput,
  AnyWords,
  BatchInput,
  DataInput,
  Defaulted,
  KindsIn,
  LayerInput,
  NetworkInput,
  OfAnyKind,
  OptimizerInput,
  RecipeInput,
  ScheduleInput,
} from './state/inputTypes.ts';
export type { PartOf } from './state/patchTypes.ts';
export type { ShownRun } from './state/shownRun.ts';
export type { Frame, Selection } from './state/state.ts';
export type {
  AdamOptimizer,
  Batch,
  DrawnRecipe,
  Initialization,
  LossKind,
  NetworkRecipe,
  Optimizer,
  Penalty,
  Schedule,
  SgdOptimizer,
} from './training/recipe.ts';
export type { Divergence, Score, Scores } from './training/run.ts';
export type { ModelBytes } from './ui/models/modelInput.ts';
export type { LayerSummary } from './ui/models/modelScripts.ts';
export type { WheelPolicy } from './ui/panel/wheelPolicy.ts';
export type { Projection } from './view/projection.ts';
export type { View } from './view/view.ts';
