import { describe, expect, it } from 'vitest';
import {
  apply,
  comma,
  type Formula,
  frac,
  line,
  mi,
  mn,
  mo,
  mtext,
  of,
  row,
  sub,
  sup,
  times,
  under,
} from '../../../src/drawing/formula.ts';
import { drawFormula } from '../../../src/drawing/formulaMarkup.ts';
import { formulaMathml } from '../../../src/drawing/formulaMathml.ts';

const SUM: Formula = [
  line(
    apply(mi('f'), mi('x')),
    mo('='),
    times(mn(2), apply(mi('relu'), mi('x'))),
    mo('−'),
    mi('x'),
    comma(),
    sub(mi('z'), mi('k')),
    mtext(' if '),
    row(mi('a'), mo('+'), mi('b')),
  ),
];

interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

function runsOf(markup: string): Run[] {
  return [...markup.matchAll(/<text x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</g)].map(
    ([, x, y, text]) => ({ text: text!, x: Number(x), y: Number(y) }),
  );
}

const runOf = (runs: readonly Run[], text: string) => runs.find((run) => run.text === text)!;

it('a line breaks before signs and words and after commas, and not inside brackets or groups', () => {
  const words = formulaMathml(SUM)[0]!.map((piece) => piece.replace(/<[^>]*>|\u2061/g, ''));
  expect(words).toEqual(['f(x)', '=2relu(x)', '−x,', 'zk', '\u00a0if\u00a0a+b']);
});

it('a sign that begins a piece keeps its distances, a factor has one from a function', () => {
  const [first, second] = formulaMathml(SUM)[0]!;
  expect(first).toContain('displaystyle="true"');
  expect(second).toMatch(/^<math [^>]*><mrow><mo form="infix">=<\/mo>/);
  expect(second).toContain('<mn>2</mn><mspace width="0.17em"/><mrow><mi>relu</mi>');
  expect(formulaMathml([line(mo('−'), mn(1))])[0]![0]).toContain('<mo>−</mo>');
});

describe('drawFormula', () => {
  it('draws one line where there is room, and several where there is not', () => {
    const wide = drawFormula(SUM, 18, 1000);
    const narrow = drawFormula(SUM, 18, 110);
    const [inOne, inSeveral] = [wide, narrow].map(({ markup }) => runsOf(markup));
    expect(inSeveral!.map(({ text }) => text)).toEqual(inOne!.map(({ text }) => text));
    const x = inOne!.map((run) => run.x);
    expect(x).toEqual([...x].sort((a, b) => a - b));
    expect(runOf(inSeveral!, '−').x).toBeLessThan(runOf(inOne!, '−').x);
    expect(runOf(inSeveral!, '−').y).toBeGreaterThan(runOf(inSeveral!, 'f').y);
    expect(narrow.height).toBeGreaterThan(2 * wide.height);
  });

  it('puts indices below, exponents and numerators above, and limits under their sums', () => {
    const power = runsOf(drawFormula([line(sup(mi('e'), mi('λ')))], 20, 500).markup);
    expect(runOf(power, 'λ').y).toBeLessThan(runOf(power, 'e').y);
    const index = runsOf(drawFormula([line(sub(mi('z'), mi('k')))], 20, 500).markup);
    expect(runOf(index, 'k').y).toBeGreaterThan(runOf(index, 'z').y);
    const half = drawFormula([line(frac(mn(1), mi('λ')))], 20, 500).markup;
    const [one, lambda] = runsOf(half);
    const rule = Number(/<rect x="[^"]*" y="([^"]*)"/.exec(half)![1]);
    expect(one!.y).toBeLessThan(rule);
    expect(lambda!.y).toBeGreaterThan(rule);
    const sum = runsOf(drawFormula([line(of(under(mo('∑'), mi('k')), mi('z')))], 20, 500).markup);
    expect(runOf(sum, 'k').y).toBeGreaterThan(runOf(sum, 'z').y);
  });

  it('gives words the width that is planned for them', () => {
    const { markup } = drawFormula([line(mi('log'), mn(2))], 10, 500);
    // In Times l, o and g have 0.278 + 0.5 + 0.5 of the font size.
    expect(markup).toContain('textLength="12.78"');
    expect(runOf(runsOf(markup), '2').x).toBeCloseTo(12.78 + 2.5, 3);
  });
});
