import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelArguments, NO_MODEL_ARGUMENTS } from '../../../src/cli/modelSource.ts';
import { readSource } from '../../../src/cli/stateSource.ts';
import { UsageError } from '../../../src/cli/usageError.ts';
import { writePngState } from '../../../src/formats/pngMetadata.ts';
import { DEFAULT_STATE } from '../../../src/state/defaults.ts';
import { applyPatch } from '../../../src/state/patch.ts';
import { validateSheet } from '../../../src/state/sheet.ts';
import { encodeSheet } from '../../../src/state/sheetUrl.ts';
import { encodeState } from '../../../src/state/url.ts';

const PATCH = { field: { kind: 'lse', lambda: 10 }, view: { center: [1, -2] }, colormap: 'prism' };
const STATE = applyPatch(DEFAULT_STATE, PATCH);
const EXPECTED = { kind: 'state', state: STATE, hash: encodeState(STATE) };
const BLANK = new Uint8Array(PNG.sync.write(new PNG({ width: 2, height: 2 })));

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'reluscope-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

describe('a state is read from', () => {
  it('inline JSON, a part of a state', () => {
    expect(readSource(JSON.stringify(PATCH))).toEqual(EXPECTED);
    expect(readSource(' {}')).toMatchObject({ kind: 'state', state: DEFAULT_STATE });
  });

  it('a link, its end, and the end without #', () => {
    const hash = encodeState(STATE);
    for (const text of [`https://example.org/page/?a=1#${hash}`, `#${hash}`, hash]) {
      expect(readSource(text)).toEqual(EXPECTED);
    }
  });

  it('a JSON file of any name', () => {
    expect(readSource(file('part.txt', JSON.stringify(PATCH)))).toEqual(EXPECTED);
  });

  it('the JSON that the page exports, a network beside its state', () => {
    const exported = { widths: [2, 1, 1], activation: 'relu', layers: [], state: STATE };
    expect(readSource(file('network.json', JSON.stringify(exported)))).toEqual(EXPECTED);
  });

  it('a PNG that was exported', () => {
    expect(readSource(file('mine.png', writePngState(BLANK, encodeState(STATE))))).toEqual(
      EXPECTED,
    );
  });
});

describe('several panels are read from', () => {
  const panels = [{ colormap: 'magma' }, PATCH];
  const sheet = validateSheet({ panels, active: 1, linkedViews: true });
  const expected = { kind: 'state', state: STATE, hash: encodeSheet(sheet) };

  it('JSON', () => {
    expect(readSource(JSON.stringify({ panels, active: 1, linkedViews: true }))).toEqual(expected);
  });

  it('a link', () => {
    expect(readSource(`#${encodeSheet(sheet)}`)).toEqual(expected);
  });
});

describe('a figure is', () => {
  it('a word that is not a file', () => {
    const id = 'shallow-network';
    expect(readSource(id)).toEqual({ kind: 'figure', id, hash: null });
    expect(() => readSource('shallow-10')).toThrow(
      'figure: received "shallow-10", expected one of log-sum-exp, softmax, ',
    );
  });

  it('a link to one, which the page reads', () => {
    const hash = 'v=1&figure=softmax&exercise=1';
    const expected = { kind: 'figure', id: 'softmax', hash };
    expect(readSource(`http://localhost/#${hash}`)).toEqual(expected);
    expect(readSource(file('figure.png', writePngState(BLANK, hash)))).toEqual(expected);
  });
});

describe('mistakes are named', () => {
  const cases: readonly (readonly [string, () => string, RegExp])[] = [
    ['a file that is not there', () => 'missing.json', /no such file: 'missing\.json'/],
    ['a directory', () => directory, /which is not a file/],
    ['broken JSON', () => '{"field"', /cannot parse the JSON: /],
    [
      'a wrong value',
      () => '{"view":{"halfWidth":-1}}',
      /the JSON: view\.halfWidth: received -1, expected/,
    ],
    ['an unknown key', () => '{"feld":{}}', /the JSON: feld/],
    ['a link without a state', () => 'https://example.org/', /expected a link with a state/],
    [
      'a broken link',
      () => '#v=1&field=mlp&seed=much',
      /The link is broken: seed: received "much"/,
    ],
    [
      'a broken panel',
      () => '{"panels":[{},{"colormap":"jet"}]}',
      /the JSON: panels\[1\]\.colormap/,
    ],
    [
      'a text file',
      () => file('notes.txt', 'hello'),
      /notes\.txt: no known format: it begins with "hello"; can be read: /,
    ],
    ['JSON without a network', () => file('list.json', '[1]'), /list\.json: no weights; expected/],
    [
      'a PNG without a state',
      () => file('plain.png', BLANK),
      /plain\.png was not saved by Reluscope/,
    ],
    [
      'a PNG that is cut off',
      () => file('cut.png', writePngState(BLANK, encodeState(STATE)).subarray(0, 60)),
      /cut\.png: file: received .* expected a PNG that is not cut off/,
    ],
    [
      'a PNG with a broken state',
      () => file('broken.png', writePngState(BLANK, 'v=1&field=cube')),
      /The state in broken\.png is broken: field: received "cube"/,
    ],
  ];
  it.each(cases)('%s', (_name, source, message) => {
    const text = source();
    expect(() => readSource(text)).toThrow(UsageError);
    expect(() => readSource(text)).toThrow(message);
  });

  it.each([
    [
      { data: ['more.bin'] },
      "received '{}' and more.bin, expected the file of a network with them",
    ],
    [{ slice: '1,2' }, "received '{}' and --slice, expected the file of a network"],
    [{ readout: 'class' }, "received '{}' and --readout, expected the file of a network"],
    [{ state: '{}' }, "received '{}' and --state, expected the file of a network"],
  ])('a state with %j', (given, message) => {
    expect(() => readSource('{}', { ...NO_MODEL_ARGUMENTS, ...given })).toThrow(message);
  });

  it('a directory by the name of a figure', () => {
    mkdirSync(join(directory, 'shallow'));
    expect(() => readSource(join(directory, 'shallow'))).toThrow(/which is not a file/);
  });
});

describe('the file of a network', () => {
  /** Inputs 1 to 3 over ±1, ±10 and ±100, which are 0 ± 1 for the network; two outputs. */
  const NNET = `// three inputs
2,3,2,2,
3,2,2,
0,
-1,-10,-100,
1,10,100,
0,0,0,0,
1,10,100,1,
1,2,3,
4,5,6,
0.5,-0.5,
1,0,
0,1,
0,0,
`;
  const source = (given: Partial<ModelArguments> = {}, content = NNET, name = 'three.nnet') =>
    readSource(file(name, content), { ...NO_MODEL_ARGUMENTS, ...given });
  const fieldOf = (given: Partial<ModelArguments>) => {
    const found = source(given);
    return found.kind === 'figure' ? null : found.state.field;
  };

  it('is shown on the plane of its most telling inputs, with the files for the page', () => {
    const found = source();
    if (found.kind !== 'model') throw new Error(`expected a model, received ${found.kind}`);
    expect(found.files.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['three.nnet', NNET.length],
    ]);
    const { network, slice, readout } = found.state.field;
    expect(network.kind).toBe('model');
    expect(slice).toEqual({ origin: [0, 0, 0], axis1: [0, 1, 0], axis2: [0, 0, 1] });
    expect(readout).toEqual({ kind: 'output', index: 0 });
    expect(found.state.view).toMatchObject({ center: [0, 0], halfWidth: 1 });
  });

  it('takes inputs that vary, values in the units of the file, and JSON', () => {
    expect(fieldOf({ slice: '3,x1; 2=5' })!.slice).toEqual({
      origin: [0, 0.5, 0],
      axis1: [0, 0, 1],
      axis2: [1, 0, 0],
    });
    const slice = { origin: [1, 0, 0], axis1: [1, 1, 0], axis2: [0, 0, 2] };
    expect(fieldOf({ slice: JSON.stringify(slice) })!.slice).toEqual(slice);
    const path = file('slice.json', JSON.stringify(slice));
    expect(fieldOf({ slice: path })!.slice).toEqual(slice);
  });

  it('takes a readout', () => {
    expect(fieldOf({ readout: 'class' })!.readout).toEqual({ kind: 'class', wins: 'greatest' });
    expect(fieldOf({ readout: 'softmax:2' })!.readout).toMatchObject({ kind: 'softmax', index: 1 });
    const neuron = { kind: 'neuron', layer: 0, index: 1, stage: 'preactivation' };
    expect(fieldOf({ readout: JSON.stringify(neuron) })!.readout).toEqual(neuron);
    expect(() => fieldOf({ readout: 'softmax:3' })).toThrow(
      '--readout: received "3", expected an output from 1 to 2',
    );
    expect(() => fieldOf({ readout: 'class:1' })).toThrow('expected class alone');
    expect(() => fieldOf({ readout: 'best' })).toThrow('expected JSON, or one of output, max');
  });

  it('is shown in a state', () => {
    const found = source({ state: '{"quantity": "gradientNorm", "view": {"halfWidth": 3}}' });
    if (found.kind !== 'model') throw new Error(`expected a model, received ${found.kind}`);
    expect(found.state).toMatchObject({ quantity: 'gradientNorm', view: { halfWidth: 3 } });
    expect(found.state.field.network.kind).toBe('model');
    expect(() => source({ state: '{"quantity": "charm"}' })).toThrow('quantity');
    expect(() => source({ state: '{' })).toThrow('cannot parse --state');
    expect(() => source({ state: 'nowhere.json' })).toThrow('--state: received "nowhere.json"');
    const path = file('patch.json', '{"edges": true}');
    expect(source({ state: path })).toMatchObject({ state: { edges: true } });
  });

  it('is known from JSON of a state by what it holds', () => {
    const layers = [{ weight: [[1, 2]], bias: [0], activation: 'identity' }];
    expect(source({}, JSON.stringify({ layers }), 'net.json').kind).toBe('model');
    expect(source({}, JSON.stringify({ layers, state: {} }), 'export.json').kind).toBe('state');
    expect(source({}, '{}', 'empty.json').kind).toBe('state');
  });

  it('is found in what the page exported of one', () => {
    const layers = [{ weight: [[1, 2]], bias: [0.25], activation: 'identity' }];
    const first = source({}, JSON.stringify({ layers }), 'net.json');
    if (first.kind !== 'model') throw new Error(`expected a model, received ${first.kind}`);
    const { state } = first;
    const found = source({}, JSON.stringify({ layers, state }), 'saved.json');
    expect(found).toMatchObject({ kind: 'model', state });
  });
});
