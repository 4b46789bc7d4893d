import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    ['a text file', () => file('notes.txt', 'hello'), /cannot parse notes\.txt/],
    ['JSON that is no object', () => file('list.json', '[1]'), /list\.json: state: received \[1\]/],
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

  it('a directory by the name of a figure', () => {
    mkdirSync(join(directory, 'shallow'));
    expect(() => readSource(join(directory, 'shallow'))).toThrow(/which is not a file/);
  });
});
