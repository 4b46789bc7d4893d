import { expect, it } from 'vitest';
import { networkOf } from '../../../src/model/drawnNetwork.ts';
import { listModel } from '../../../src/model/models.ts';
import { createModel } from '../../../src/models/createModel.ts';
import { PAPER_AXES, uprightRoom } from '../../../src/overlay/axes.ts';
import { classLegendOf } from '../../../src/overlay/classLegend.ts';
import { colorBarOf, paperBar } from '../../../src/overlay/colorBar.ts';
import { classColor } from '../../../src/scales/classColors.ts';
import { hexColor } from '../../../src/scales/hexColor.ts';
import { validateState } from '../../../src/state/validate.ts';

function stateOf(outputs: number, kind = 'class') {
  const network = { kind: 'drawn', widths: [2, 8, outputs], activation: 'relu', seed: 0 };
  return validateState({ field: { network, readout: { kind } } });
}

it('a picture of classes has a legend instead of a bar', () => {
  const legend = classLegendOf(stateOf(3), 10)!;
  expect(legend.entries).toEqual(
    [0, 1, 2].map((k) => ({ color: hexColor(classColor(k)), name: `class ${k + 1}` })),
  );
  expect(legend.more).toBeNull();
  expect(legend.text).toBe('Colours of classes: class 1, class 2, class 3');
  expect(colorBarOf(stateOf(3), null, uprightRoom(300, 48, PAPER_AXES))).toBeNull();
  expect(classLegendOf(stateOf(3, 'margin'), 10)).toBeNull();
});

it('a legend without room says how many classes are missing', () => {
  const legend = classLegendOf(stateOf(40), 10.9)!;
  expect(legend.entries.length).toBe(9);
  expect(legend.more).toBe('… 31 more');
});

it('a file has the same legend, within the room of a bar', () => {
  const box = { x: 10, y: 20, width: 16, height: 100 };
  const marks = paperBar(box, stateOf(12), null);
  const texts = marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));
  expect(texts.map(({ text }) => text)).toEqual([
    'class 1',
    'class 2',
    'class 3',
    'class 4',
    '… 8 more',
  ]);
  expect(texts.every(({ at }) => at[1] > box.y && at[1] <= box.y + box.height)).toBe(true);
  const fills = marks.flatMap((mark) => (mark.kind === 'rect' ? [mark.style.fill] : []));
  expect(fills).toEqual([0, 1, 2, 3].map((k) => hexColor(classColor(k))));
});

it('the number of missing classes has room in a file, too', () => {
  const marks = paperBar({ x: 0, y: 0, width: 16, height: 100 }, stateOf(200), null);
  const sizes = marks.flatMap((mark) => (mark.kind === 'text' ? [mark.style['font-size']] : []));
  // Ten letters in the room of 64, each 0.56 of the size wide.
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.filter((size) => !(10 * 0.56 * Number(size) <= 64.01))).toEqual([]);
});

it('long names of a file become smaller in files, and are cut off where they would be illegible', () => {
  const textsOf = (...outputNames: string[]) => {
    const inputs = [0, 1].map(() => ({ name: null, range: null, unit: null }));
    const facts = { name: 'named', inputs, outputNames, outputUnit: null, ending: null, notes: [] };
    const widths = [2, outputNames.length];
    const source = {
      kind: 'drawn',
      widths,
      activation: 'relu',
      seed: 0,
      outputBias: null,
    } as const;
    const model = createModel(networkOf(source), facts);
    listModel(model);
    const state = validateState({
      field: { network: { kind: 'model', id: model.id }, readout: { kind: 'class' } },
    });
    const marks = paperBar({ x: 0, y: 0, width: 16, height: 100 }, state, null);
    return marks.flatMap((mark) =>
      mark.kind === 'text' ? [[mark.text, mark.style['font-size']]] : [],
    );
  };
  expect(textsOf('left', 'right')).toEqual([
    ['left', undefined],
    ['right', undefined],
  ]);
  const [[, size]] = textsOf('strong left', 'strong right') as [[string, number]];
  // Twelve letters of 0.56 of their size.
  expect(12 * 0.56 * size).toBeCloseTo(64, 10);
  expect(textsOf('a', 'Tyrannosaurus rex, or another')).toEqual([
    ['a', 7],
    ['Tyrannosaurus r…', 7],
  ]);
});
