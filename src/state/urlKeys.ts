import { DEFAULT_DRAWN } from '../model/fieldValidation.ts';
import { DEFAULT_READOUTS } from '../model/readouts.ts';
import { dataForm } from './dataForm.ts';
import { modelForm, shownModel } from './modelForm.ts';
import { plainForm } from './plainForm.ts';
import { sliceForm } from './sliceForm.ts';
import type { State } from './state.ts';
import {
  activationForm,
  autoForm,
  flagForm,
  layersForm,
  listForm,
  normForm,
  nullableForm,
  numberForm,
  projectionForm,
  rangeForm,
  readLogits,
  selectionForm,
  type UrlForm,
  wordForm,
} from './urlValues.ts';
import { writtenRun } from './writtenRun.ts';

export const VERSION = '2';
/** Of links in which a field is a shorthand (model/shorthand.ts). */
const SHORTHAND_VERSION = '1';

/** The pair with which a link begins, and those of older links that are read. */
export const VERSION_PAIR = `v=${VERSION}`;
const VERSION_PAIRS = [VERSION_PAIR, `v=${SHORTHAND_VERSION}`];

/** The version of a link by its pairs before panels; null if there is none that is known. */
export function versionIn(head: string): string | null {
  const pairs = head.split('&');
  return VERSION_PAIRS.find((pair) => pairs.includes(pair)) ?? null;
}

/** The place of a URL key in the state: names, and positions in arrays. */
export type Path = readonly (string | number)[];

export interface Property {
  readonly key: string;
  readonly path: Path;
  readonly form: UrlForm;
  /** What is written, if that is not what the state has at the path; undefined if there is nothing. */
  readonly written?: (state: State) => unknown;
}

/** One row per key: its name in the URL, its place in the state, its spelling. Written in this order. */
const FIELD_PROPERTIES: readonly Property[] = [
  { key: 'network', path: ['field', 'network', 'kind'], form: wordForm },
  { key: 'widths', path: ['field', 'network', 'widths'], form: listForm('-') },
  { key: 'activation', path: ['field', 'network', 'activation'], form: activationForm },
  { key: 'seed', path: ['field', 'network', 'seed'], form: numberForm },
  {
    key: 'outputBias',
    path: ['field', 'network', 'outputBias'],
    form: nullableForm('drawn', numberForm),
  },
  { key: 'layers', path: ['field', 'network', 'layers'], form: layersForm },
  { key: 'model', path: ['field', 'network', 'id'], form: modelForm, written: shownModel },
  { key: 'slice', path: ['field', 'slice'], form: nullableForm('none', sliceForm) },
  { key: 'readout', path: ['field', 'readout', 'kind'], form: wordForm },
  { key: 'layer', path: ['field', 'readout', 'layer'], form: numberForm },
  { key: 'index', path: ['field', 'readout', 'index'], form: numberForm },
  { key: 'stage', path: ['field', 'readout', 'stage'], form: wordForm },
  { key: 'lambda', path: ['field', 'readout', 'lambda'], form: numberForm },
  { key: 'wins', path: ['field', 'readout', 'wins'], form: wordForm },
];

/** The same of a shorthand, which is only read. */
const SHORTHAND_PROPERTIES: readonly Property[] = [
  { key: 'field', path: ['field', 'kind'], form: wordForm },
  { key: 'widths', path: ['field', 'widths'], form: listForm('-') },
  { key: 'activation', path: ['field', 'activation'], form: wordForm },
  { key: 'seed', path: ['field', 'seed'], form: numberForm },
  { key: 'outputBias', path: ['field', 'outputBias'], form: nullableForm('drawn', numberForm) },
  { key: 'lambda', path: ['field', 'lambda'], form: numberForm },
  { key: 'component', path: ['field', 'component'], form: numberForm },
  {
    key: 'logits',
    path: ['field', 'logits'],
    form: nullableForm('identity', { write: String, read: readLogits }),
  },
  { key: 'weight', path: ['field', 'weight'], form: listForm(',') },
  { key: 'bias', path: ['field', 'bias'], form: numberForm },
];

const COMMON_PROPERTIES: readonly Property[] = [
  { key: 'x', path: ['view', 'center', 0], form: numberForm },
  { key: 'y', path: ['view', 'center', 1], form: numberForm },
  { key: 'dx', path: ['view', 'centerLow', 0], form: numberForm },
  { key: 'dy', path: ['view', 'centerLow', 1], form: numberForm },
  { key: 'half', path: ['view', 'halfWidth'], form: numberForm },
  { key: 'projection', path: ['projection'], form: projectionForm },
  { key: 'frame', path: ['frame'], form: wordForm },
  { key: 'grid', path: ['gridSamples'], form: numberForm },
  { key: 'quantity', path: ['quantity'], form: wordForm },
  { key: 'map', path: ['colormap'], form: wordForm },
  { key: 'range', path: ['range'], form: rangeForm },
  { key: 'norm', path: ['norm'], form: normForm },
  { key: 'filled', path: ['contours', 'filled'], form: flagForm },
  { key: 'lines', path: ['contours', 'lines'], form: flagForm },
  { key: 'levels', path: ['contours', 'count'], form: numberForm },
  { key: 'hinges', path: ['hinges'], form: flagForm },
  { key: 'boundaries', path: ['boundaries'], form: flagForm },
  { key: 'shade', path: ['shade'], form: flagForm },
  { key: 'edges', path: ['edges'], form: flagForm },
  { key: 'selected', path: ['selection'], form: nullableForm('none', selectionForm) },
  { key: 'data', path: ['data'], form: nullableForm('none', dataForm) },
  { key: 'dataPoints', path: ['dataPoints'], form: flagForm },
  // Only read: the exercise's points are a data set now.
  { key: 'points', path: ['points'], form: wordForm },
  { key: 'run', path: ['run'], form: nullableForm('none', plainForm), written: writtenRun },
  { key: 'image', path: ['image'], form: wordForm },
  { key: 'diagram', path: ['diagram'], form: flagForm },
  { key: 'learnt', path: ['learnt'], form: flagForm },
  { key: 'supersampling', path: ['supersampling'], form: autoForm(numberForm) },
];

/** How a version of links spells a state, and what it leaves out. */
export interface Spelling {
  readonly properties: readonly Property[];
  readonly keys: readonly string[];
  /** A new one: what a text says is written into it. */
  readonly field: () => object;
}

function spellingOf(properties: readonly Property[], field: Spelling['field']): Spelling {
  const all = [...properties, ...COMMON_PROPERTIES];
  return { properties: all, keys: ['v', ...all.map(({ key }) => key)], field };
}

export const SPELLINGS: Readonly<Record<string, Spelling>> = {
  [VERSION]: spellingOf(FIELD_PROPERTIES, () => ({
    network: { kind: DEFAULT_DRAWN.kind },
    readout: { kind: DEFAULT_READOUTS.output.kind },
  })),
  [SHORTHAND_VERSION]: spellingOf(SHORTHAND_PROPERTIES, () => ({ kind: 'mlp' })),
};

/** By the version; a text without one that names a kind of field is a shorthand. */
export function spellingOfText(body: string): Spelling {
  const isShort = /(^|&)v=1(&|$)/.test(body) || (!/(^|&)v=/.test(body) && /(^|&)field=/.test(body));
  return SPELLINGS[isShort ? SHORTHAND_VERSION : VERSION]!;
}
