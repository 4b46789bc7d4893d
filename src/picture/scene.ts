import { tooLarge } from '../gpu/errors.ts';
import type { Calibration } from '../kernels/calibration.ts';
import type { Output } from '../kernels/composeEvaluate.ts';
import { leavesFloat32, readsOrder } from '../kernels/float32Range.ts';
import { cropGrid, type Grid, pictureGrid, squareGrid, widenLines } from '../kernels/grid.ts';
import { type PreparedField, prepareField, type WideField } from '../kernels/prepareField.ts';
import { classesOf, gapOf, readsClass } from '../model/classes.ts';
import { shapeOf } from '../model/drawnNetwork.ts';
import type { Facets } from '../model/facets.ts';
import type { Field } from '../model/field.ts';
import { READOUTS } from '../model/readouts.ts';
import { resolve } from '../model/resolve.ts';
import type { Cells } from '../passes/color.ts';
import { createFieldEvaluator, type EvaluatingDevice } from '../passes/createFieldEvaluator.ts';
import { FacetEvaluator, type FacetSource, SampleFacets } from '../passes/evaluateFacets.ts';
import type { FieldEvaluator } from '../passes/fieldEvaluator.ts';
import { type Companion, type PictureOutput, SceneEvaluator } from '../passes/sceneEvaluator.ts';
import { type Bounds, boundsOf } from '../reference/bounds.ts';
import { pictureColors } from '../scales/pictureColors.ts';
import type { State } from '../state/state.ts';
import type { ProjectionKind } from '../view/projection.ts';
import { type ColorChoice, chooseColors } from './chooseColors.ts';
import type { Statistics } from './describeNumbers.ts';
import { EXTRAS, showsExtra } from './extras.ts';

/** What a state shows, prepared: everything that one grid's passes need. */
export interface Scene {
  readonly state: State;
  readonly evaluator: SceneEvaluator;
  readonly bounds: Bounds;
  readonly work: string;
  /** Multiplications per sample. */
  readonly cost: number;
  /** Device pixels per unit of text, in which lines have their widths. */
  readonly pxPerUnit: number;
  /** The part of a larger picture that the canvas shows. */
  readonly part?: PicturePart;
  /** Already known, as for parts of a larger picture. */
  readonly statistics?: Statistics | null;
}

/** The place of the canvas in a larger picture, in device pixels from its lower left corner. */
export interface PicturePart {
  readonly left: number;
  readonly bottom: number;
  readonly wholeWidthPx: number;
  readonly wholeHeightPx: number;
}

/** The evaluator of one field after another; it is kept while fields have the same key. */
class EvaluatorSlot<F extends PreparedField, E extends FieldEvaluator> {
  private evaluator: E | null = null;
  /** The field whose parameters the evaluator has. */
  private loaded: F | null = null;

  constructor(private readonly create: (field: F) => E) {}

  async prepare(field: F, outputs: readonly Output[], kind: ProjectionKind): Promise<E> {
    const isNew = this.evaluator?.key !== field.key;
    const evaluator = isNew ? this.create(field) : this.evaluator!;
    try {
      await Promise.all(outputs.map((output) => evaluator.prepare(output, kind)));
    } catch (cause) {
      if (isNew) evaluator.destroy();
      throw cause;
    }
    if (isNew) {
      this.evaluator?.destroy();
      this.evaluator = evaluator;
    } else if (this.loaded !== field) {
      evaluator.setField(field);
    }
    this.loaded = field;
    return evaluator;
  }

  destroy(): void {
    this.evaluator?.destroy();
  }
}

/** A field with its parameters, and the other fields of its network that its pictures may need. */
interface LoadedField {
  readonly source: Field;
  readonly own: PreparedField;
  readonly companions: ReadonlyMap<Companion, PreparedField>;
  readonly bounds: Bounds;
}

/** A field whose evaluator a scene needs. */
type Role = 'own' | Companion;
const ROLES: readonly Role[] = ['own', 'boundary', 'share'];

/** What a scene needs of a field. */
interface Part {
  readonly role: Role;
  readonly field: PreparedField;
  readonly outputs: readonly Output[];
}

/** An evaluator for each role. */
type Slots<F extends PreparedField, E extends FieldEvaluator> = ReadonlyMap<
  Role,
  EvaluatorSlot<F, E>
>;

function slotsOf<F extends PreparedField, E extends FieldEvaluator>(
  create: (field: F) => E,
): Slots<F, E> {
  return new Map(ROLES.map((role) => [role, new EvaluatorSlot(create)]));
}

/** A sample of facets costs about as much as so many multiplications. */
const FACET_COST = 200;

/** Prepares states on one device, and keeps what the next one can reuse. */
export class ScenePreparer {
  private readonly byKernels: Slots<PreparedField, FieldEvaluator>;
  private readonly byFacets: Slots<WideField, FacetEvaluator>;
  private field: LoadedField | null = null;
  /** The work of scenes whose kernels are compiled. */
  private readonly compiled = new Set<string>();

  constructor(private readonly device: EvaluatingDevice) {
    this.byKernels = slotsOf((field) => createFieldEvaluator(device, field));
    const sampleFacets = new SampleFacets();
    this.byFacets = slotsOf(
      (field) => new FacetEvaluator(device.device, device.pipelines, field, sampleFacets),
    );
  }

  private load({ field }: State): LoadedField {
    if (this.field?.source !== field) this.field = loadField(field);
    return this.field;
  }

  /** Whether the kernels of a state are compiled. */
  isCompiled(state: State): boolean {
    return this.compiled.has(workOf(state, partsOf(this.load(state), state)));
  }

  /**
   * Compiles the kernels of a state, for later.
   * @param isWanted called between two of them; false ends the work with an error
   */
  async compile(state: State, isWanted: () => boolean): Promise<void> {
    const parts = partsOf(this.load(state), state);
    const pipelines = this.device.pipelines.inBackground(isWanted);
    for (const { field, outputs } of parts) {
      const evaluator = createFieldEvaluator({ ...this.device, pipelines }, field);
      try {
        await Promise.all(
          outputs.map((output) => evaluator.prepare(output, state.projection.kind)),
        );
      } finally {
        evaluator.destroy();
      }
    }
    this.compiled.add(workOf(state, parts));
  }

  /**
   * Prepares what a state needs; only a new shape of field compiles anything.
   * @param facets of its network, where its picture lies; without them kernels evaluate the network
   * @throws GpuError for numbers that overflow float32 within a wide network, of which kernels make anything
   */
  async prepare(state: State, pxPerUnit: number, facets: Facets | null = null): Promise<Scene> {
    const loaded = this.load(state);
    const { kind } = state.projection;
    const parts = partsOf(loaded, state);
    if (!facets && !areInFloat32(parts, state)) throw tooLarge();
    const work = workOf(state, parts);
    const evaluators = new Map<Role, FieldEvaluator>();
    for (const { role, field, outputs } of parts) {
      const evaluator = facets
        ? await this.prepareByFacets(role, field, outputs, kind, {
            facets,
            first: firstOutput(state.field, role),
          })
        : await this.byKernels.get(role)!.prepare(field, outputs, kind);
      evaluators.set(role, evaluator);
    }
    if (!facets) this.compiled.add(work);
    const own = evaluators.get('own')!;
    evaluators.delete('own');
    return {
      state,
      evaluator: new SceneEvaluator(own, evaluators as Map<Companion, FieldEvaluator>),
      bounds: boundsOf(state.quantity, loaded.bounds),
      cost: facets ? FACET_COST : parts.reduce((cost, { field }) => cost + field.cost, 0),
      pxPerUnit,
      work: facets ? `${work} by facets` : work,
    };
  }

  private async prepareByFacets(
    role: Role,
    field: PreparedField,
    outputs: readonly Output[],
    kind: ProjectionKind,
    source: FacetSource,
  ): Promise<FieldEvaluator> {
    if (field.form !== 'layered') throw new Error(`prepare: '${field.key}' needs no facets`);
    const evaluator = await this.byFacets.get(role)!.prepare(field, outputs, kind);
    evaluator.setFacets(source);
    return evaluator;
  }

  destroy(): void {
    for (const slots of [this.byKernels, this.byFacets]) {
      for (const slot of slots.values()) slot.destroy();
    }
  }
}

/** The fields of a state's picture, and what is evaluated of each. */
function partsOf({ own, companions }: LoadedField, state: State): Part[] {
  const outputs = outputsOf(state);
  const apart = [...companions].filter(([companion]) => outputs.includes(companion));
  const isOwn = (output: PictureOutput): output is Output =>
    apart.every(([companion]) => companion !== output);
  return [
    { role: 'own', field: own, outputs: outputs.filter(isOwn) },
    ...apart.map(([role, field]): Part => {
      return { role, field, outputs: [role === 'share' ? 'value' : role] };
    }),
  ];
}

function areInFloat32(parts: readonly Part[], { view, projection }: State): boolean {
  const { anchor } = pictureGrid(view, 1, 1, 1, projection);
  return parts.every(({ role, field }) => {
    if (field.form !== 'layered') return true;
    // Shares are only a shade.
    const withOutputs = role !== 'share' && !readsOrder(field.readout);
    return !leavesFloat32(field.plane, anchor, withOutputs);
  });
}

function workOf(state: State, parts: readonly Part[]): string {
  return [...parts.map(({ field }) => field.key), ...outputsOf(state), state.projection.kind].join(
    ' ',
  );
}

/** The first of the network's outputs that a part reads: companions read all. */
function firstOutput({ readout }: Field, role: Role): number {
  return role === 'own' && READOUTS[readout.kind].ofOne && 'index' in readout ? readout.index : 0;
}

function loadField(source: Field): LoadedField {
  const resolved = resolve(source);
  const { outputs } = shapeOf(source.network);
  const companions = new Map<Companion, PreparedField>();
  // A field that reads one output knows nothing of the others.
  if (outputs > 1 && READOUTS[source.readout.kind].ofOne) {
    companions.set('boundary', prepareField(resolve(classesOf(source))));
  }
  if (outputs > 1 && readsClass(source)) {
    companions.set('share', prepareField(resolve(gapOf(source))));
  }
  return { source, own: prepareField(resolved), companions, bounds: resolved.bounds };
}

/** The grid of a scene's picture, or of the part of it that a canvas of this size shows. */
export function sceneGrid(
  { state, part, pxPerUnit }: Scene,
  widthPx: number,
  heightPx: number,
  samplesPerPx: number,
): Grid {
  const { view, projection } = state;
  const gridOf = (width: number, height: number) =>
    widenLines(pictureGrid(view, width, height, samplesPerPx, projection), pxPerUnit);
  if (!part) return gridOf(widthPx, heightPx);
  const { left, bottom, wholeWidthPx, wholeHeightPx } = part;
  const whole = gridOf(wholeWidthPx, wholeHeightPx);
  const samples = (px: number) => px * samplesPerPx;
  return cropGrid(whole, samples(left), samples(bottom), samples(widthPx), samples(heightPx));
}

/**
 * The grid of a scene's numbers: samples of the square of its whole picture, end points included.
 * @param widthPx of the canvas, which is the whole picture unless the scene is a part
 */
export function numbersGridOf(
  { state, part }: Scene,
  widthPx: number,
  heightPx: number,
  side: number,
): Grid {
  const { view, projection, gridSamples } = state;
  const samplesPerUnit = (side - 1) / (gridSamples - 1);
  const [width, height] = part ? [part.wholeWidthPx, part.wholeHeightPx] : [widthPx, heightPx];
  return squareGrid(view, side, width, height, projection, samplesPerUnit);
}

/** Where the samples of a scene's square lie in its picture, which has the size of a grid. */
export function cellsOf({ part }: Scene, samples: Grid, picture: Grid): Cells {
  const { left, bottom, wholeWidthPx, wholeHeightPx } = part ?? {
    left: 0,
    bottom: 0,
    wholeWidthPx: picture.width,
    wholeHeightPx: picture.height,
  };
  const side = Math.min(wholeWidthPx, wholeHeightPx);
  const scale = (samples.width - 1) / side;
  // Samples lie in the middles of their cells; the first one is on the edge of the square.
  const shift = (from: number, whole: number) => (from - (whole - side) / 2) * scale + 0.5;
  return { scale, shift: [shift(left, wholeWidthPx), shift(bottom, wholeHeightPx)] };
}

/** A range other than the picture's own cannot stay on the GPU. */
export function colorsOf(
  { state, statistics: given }: Scene,
  calibration: Calibration,
  statistics: Statistics | null,
): ColorChoice {
  const colors = chooseColors(state, calibration, statistics);
  return given ? { ...colors, range: colors.shownEnds } : colors;
}

/** Whether what is shown is a number; regions and classes are not. */
export function hasNumbers(state: State): boolean {
  return pictureColors(state).range !== null;
}

/** Whether the samples of a picture's numbers are counted for its colours. */
export function isEqualized(state: State): boolean {
  return pictureColors(state).norm.kind === 'equalized';
}

/** What is drawn over the picture, not in it. */
const OVERLAID: ReadonlySet<string> = new Set<keyof State>(['edges', 'selection', 'data']);

/** Whether two states have the same picture. */
export function isSamePicture(a: State, b: State): boolean {
  const keys = Object.keys(a) as (keyof State)[];
  // A shared range is made anew for each state.
  const isSame = (key: keyof State) =>
    a[key] === b[key] || (key === 'range' && JSON.stringify(a.range) === JSON.stringify(b.range));
  return keys.every((key) => OVERLAID.has(key) || isSame(key));
}

/** The outputs to evaluate for a state. */
export function outputsOf(state: State): PictureOutput[] {
  return [state.quantity, ...EXTRAS.filter((extra) => showsExtra(state, extra))];
}
