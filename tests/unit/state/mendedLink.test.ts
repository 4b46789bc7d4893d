import { describe, expect, it, test } from 'vitest';
import { decodeFigure, isFigureLink } from '../../../src/figures/figureUrl.ts';
import { mendLink } from '../../../src/state/mendedLink.ts';
import { decodeSheet } from '../../../src/state/sheetUrl.ts';

const LINKS = [
  'v=2&network=drawn&seed=4&x=0&y=0&half=3',
  'v=2&network=drawn&title=a%26b%3Dc&x=0&y=0&half=5',
  'v=2&columns=2&panel=1&network=drawn&x=0&y=0&half=5&panel=2&network=drawn&seed=7&x=0&y=0&half=5',
  'v=1&field=lse&x=0&y=0&half=5',
  'v=2&figure=shallow-network&seed=3',
];

describe('a link that was changed on its way', () => {
  test.each([
    ['escaped', encodeURIComponent],
    ['escaped in small letters', (link: string) => encodeURIComponent(link).toLowerCase()],
    ['escaped twice', (link: string) => encodeURIComponent(encodeURIComponent(link))],
    ['written as HTML', (link: string) => link.replaceAll('&', '&amp;')],
    ['written as HTML twice', (link: string) => link.replaceAll('&', '&amp;amp;')],
    ['written as HTML with numbers', (link: string) => link.replaceAll('&', '&#38;')],
    ['given an end', (link: string) => `${link}&`],
    ['given ends and gaps', (link: string) => `&${link.replace('&', '&&')}&&`],
    ['given a blank', (link: string) => `${link}%20`],
    ['broken after', (link: string) => `${link}%0D%0A`],
  ] as const)('by being %s is as it was', (_, change) => {
    for (const link of LINKS) {
      // Escapes in values are those of the link itself.
      expect(mendLink(change(link)).toLowerCase()).toBe(link.toLowerCase());
    }
  });

  it('by escapes of some signs is as it was', () => {
    const [link] = LINKS as [string];
    expect(mendLink(link.replaceAll('&', '%26'))).toBe(link);
    expect(mendLink(link.replaceAll('=', '%3D'))).toBe(link);
  });

  it('in no way is the same', () => {
    const others = ['', '&', 'v', '%', 'v%3D2%', 'figure=none', 'v=2&seed=%'];
    for (const link of [...LINKS, ...others]) {
      expect(mendLink(link)).toBe(link === '&' ? '' : link);
    }
  });
});

test('the version may stand anywhere', () => {
  const sheet = decodeSheet('columns=2&v=2&panel=1&seed=4&panel=2&seed=5');
  expect(sheet.problem).toBe(null);
  expect(sheet.sheet.columns).toBe(2);
  const figure = decodeFigure('figure=shallow-network&v=2&seed=3');
  expect(figure.problem).toBe(null);
  expect(figure.link?.settings.seed).toBe(3);
});

test('a figure without a version is shown, and said to be broken', () => {
  const text = 'figure=shallow-network&seed=3';
  expect(isFigureLink(text)).toBe(true);
  const { link, problem } = decodeFigure(text);
  expect(link?.figure.id).toBe('shallow-network');
  expect(link?.settings.seed).toBe(3);
  expect(problem).toMatch(
    /^The link is broken: v: received "figure=shallow-network", expected v=2/,
  );
});

test('escapes in the values of a figure are undone', () => {
  const { link, problem } = decodeFigure('v=2&figure=shallow%2Dnetwork&seed=%33');
  expect(problem).toBe(null);
  expect(link?.figure.id).toBe('shallow-network');
  expect(link?.settings.seed).toBe(3);
  expect(decodeFigure('v=2&figure=shallow-network&seed=%').problem).toMatch(
    /seed: received "%", expected valid percent-escapes/,
  );
});
