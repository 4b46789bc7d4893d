import { readsClass } from '../../model/classes.ts';
import type { Field } from '../../model/field.ts';
import { drawImage, type ImageShape } from '../../model/imageShape.ts';
import { factsOf } from '../../model/models.ts';
import { winsOf } from '../../model/readouts.ts';
import { describeGrays } from '../../overlay/images.ts';
import type { OutputsReading } from '../../reference/evaluator.ts';
import type { Probe } from '../../reference/probe.ts';
import { formatNumber } from '../../scales/format.ts';
import { type FieldNames, formatMap, namesOf } from '../../scales/names.ts';
import type { State } from '../../state/state.ts';
import { classNamesOf, grayRangeOf } from '../../state/stateData.ts';
import { make } from '../dom/elements.ts';
import { describeInput, listOutputs, type OutputList, type OutputRow } from './outputReadings.ts';

/** Digits of the value, and as many more as are needed to distinguish neighbouring places of a deep zoom. */
const VALUE_DIGITS = 6;
const VALUE_DIGITS_MAX = 15;
/** A step of the pointer that should be visible in the value, as a fraction of the length scale there. */
const SEEN_STEP = 0.01;
const PART_DIGITS = 4;
/** The neurons of a layer up to this number are shown one by one; for a wider layer only their number is shown. */
const DOTS_MAX = 32;

/** What the probe says of a point. */
export interface ProbeContent {
  readonly state: State;
  /** The point in the plane, as text. */
  readonly coordinates: readonly [string, string];
  /** Its distance from the middle of a log-radial picture; null in others. */
  readonly away: number | null;
  /** The length that is seen there as the view's half-width is in a plane picture. */
  readonly scale: number;
  readonly probe: Probe;
  /** Of a network with several outputs, or of a slice; else null. */
  readonly reading: OutputsReading | null;
  /** How the point is shown as an image; null if it is none. */
  readonly shape: ImageShape | null;
  /** Whether the affine map of each output is shown. */
  readonly hasMaps: boolean;
}

export function describeProbe(content: ProbeContent): HTMLElement[] {
  const { state, coordinates, away, probe, reading, hasMaps } = content;
  const { field } = state;
  const names = namesOf(field, classNamesOf(state));
  const hasOutputs = reading !== null && reading.outputs.length > 1;
  const outputs = hasOutputs ? listOutputs(reading, winsOf(field.readout), names) : null;
  const [partial1, partial2] = probe.gradient;
  const input = field.slice && reading ? [makeInput(content, reading.input)] : [];
  // An image is seen at once, however small the picture; numbers come last.
  const [image, numbers] = content.shape === null ? [[], input] : [input, []];
  const rows = [
    makeRow(nameOfPlace(field, names), `(${coordinates.join(', ')})`),
    ...image,
    ...(away === null ? [] : [makeRow('‖x − c‖', formatPart(away))]),
    makeRow('f(x)', describeValue(content, names), 'main'),
    ...(outputs ? describeOutputs(outputs, field, hasMaps) : []),
    makeRow('∇f', `(${formatPart(partial1)}, ${formatPart(partial2)})`),
    makeRow('‖∇f‖', formatPart(Math.hypot(partial1, partial2))),
    ...numbers,
  ];
  if (probe.pattern) rows.push(makeRow('active', makePattern(probe.pattern)));
  if (probe.affineMap) {
    rows.push(makeRow('locally f(x) =', formatMap(probe.affineMap, PART_DIGITS, names.axes)));
  }
  return rows;
}

/** x in the plane of the inputs themselves, unless these have names. */
function nameOfPlace({ slice, network }: Field, { axes }: FieldNames): string {
  const isNamed = slice !== null || factsOf(network) !== null;
  return isNamed ? axes.map(({ name }) => name).join(', ') : 'x';
}

/** As an image where it seems to be one. */
function makeInput({ state, shape }: ProbeContent, input: readonly number[]): HTMLElement {
  const { field } = state;
  if (shape === null) return makeRow('input', describeInput(input, factsOf(field.network)));
  const { height, width } = shape;
  const range = grayRangeOf(state);
  const label = `The input as an image of ${height} × ${width} pixels, ${describeGrays(range)}`;
  const canvas = make('canvas', {
    class: 'inputImage',
    role: 'img',
    'aria-label': label,
    height,
    width,
  });
  const pixels = new ImageData(drawImage(input, shape, range), width, height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return makeRow('input', canvas);
}

function describeValue({ state, probe, scale }: ProbeContent, { nameClass }: FieldNames): string {
  if (readsClass(state.field)) return nameClass(probe.value);
  const change = Math.hypot(...probe.gradient) * scale * SEEN_STEP;
  const digits = Math.ceil(Math.log10(Math.abs(probe.value) / change));
  const valueDigits = Number.isFinite(digits)
    ? Math.min(VALUE_DIGITS_MAX, Math.max(VALUE_DIGITS, digits))
    : VALUE_DIGITS;
  return formatNumber(probe.value, valueDigits);
}

/** The winner, and a table of the outputs with a bar for each. */
function describeOutputs(list: OutputList, { readout }: Field, hasMaps: boolean): HTMLElement[] {
  const lambda = 'lambda' in readout ? readout.lambda : 1;
  const softmax = lambda === 1 ? 'softmax' : `softmax, λ = ${formatNumber(lambda, 3)}`;
  const heads = ['output', 'value', softmax].map((name, column) =>
    make('th', { scope: 'col', ...(column === 1 ? { colspan: 2 } : {}) }, name),
  );
  const rows = list.rows.flatMap((row) => describeOutput(row, hasMaps));
  const more = `… ${list.more} more`;
  const rest = list.more > 0 ? [make('tr', {}, make('td', { colspan: 4 }, more))] : [];
  const body = make('tbody', {}, ...rows, ...rest);
  return [
    makeRow('winner', list.winner),
    make('table', { class: 'outputs' }, make('thead', {}, make('tr', {}, ...heads)), body),
  ];
}

function describeOutput(row: OutputRow, hasMaps: boolean): HTMLElement[] {
  const sign = make('span', { class: 'sign' });
  sign.style.backgroundColor = row.color;
  const fill = make('span', { class: 'fill' });
  fill.style.left = `${100 * row.bar.start}%`;
  fill.style.width = `${100 * row.bar.length}%`;
  const kind = row.wins ? 'winner' : '';
  const line = make(
    'tr',
    { class: kind },
    make('th', { scope: 'row' }, sign, row.name),
    make('td', {}, make('span', { class: 'track' }, fill)),
    make('td', { class: 'number' }, row.value),
    make('td', { class: 'number' }, row.share),
  );
  if (!hasMaps || row.map === null) return [line];
  return [line, make('tr', { class: 'map' }, make('td', { colspan: 4 }, `= ${row.map}`))];
}

function makeRow(name: string, value: string | HTMLElement, kind = ''): HTMLElement {
  return make(
    'div',
    { class: `row ${kind}` },
    make('span', { class: 'name' }, name),
    make('span', { class: 'value' }, value),
  );
}

function formatPart(value: number): string {
  return formatNumber(value, PART_DIGITS);
}

const DOTS: Readonly<Record<string, string>> = { 0: '○', 1: '●', 2: '◎' };

/** A row of dots for each hidden layer, filled if a neuron is active; with a ring if a clamp is beyond its range. */
function makePattern(pattern: readonly string[]): HTMLElement {
  const layers = pattern.map((layer) => {
    const active = [...layer].filter((sign) => sign === '1').length;
    const count = `${active} of ${layer.length}`;
    if (layer.length > DOTS_MAX) return make('span', { class: 'layer' }, count);
    const dots = Array.from(layer, (sign) => DOTS[sign]).join('');
    return make('span', { class: 'layer dots', title: count }, dots);
  });
  return make('span', { class: 'layers' }, ...layers);
}
