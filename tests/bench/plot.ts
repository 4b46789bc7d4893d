import { type Comparison, OURS } from './measurePeers.ts';

const COLOURS = ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#aa3377'];
const WIDTH = 860;
const LABEL = 230;
const BAR = 12;

/** Bars of peer time / our time on a logarithmic axis, as SVG. */
export function ratioPlot(works: readonly Comparison[]): string {
  const names = [
    ...new Set(works.flatMap(({ candidates }) => candidates.map((c) => c.name))),
  ].filter((name) => name !== OURS);
  const groups = works.map(({ name, side, gradient, candidates }) => ({
    label: `${name}, ${side}²${gradient ? ', + gradient' : ''}`,
    bars: candidates.filter((c) => c.ratio !== null && c.name !== OURS),
  }));
  const most = Math.max(10, ...groups.flatMap(({ bars }) => bars.map((bar) => bar.ratio!)));
  const least = Math.min(0.1, ...groups.flatMap(({ bars }) => bars.map((bar) => bar.ratio!)));
  const at = (ratio: number) =>
    LABEL + ((WIDTH - LABEL - 60) * Math.log(ratio / least)) / Math.log(most / least);
  const parts: string[] = [];
  let y = 50;
  for (const { label, bars } of groups) {
    parts.push(text(8, y + (BAR * bars.length) / 2 + 4, label));
    for (const { name, ratio } of bars) {
      const [from, to] = [Math.min(at(ratio!), at(1)), Math.max(at(ratio!), at(1))];
      const colour = COLOURS[names.indexOf(name) % COLOURS.length];
      parts.push(
        `<rect x="${from.toFixed(1)}" y="${y}" width="${(to - from).toFixed(1)}" height="${BAR - 2}" fill="${colour}"/>`,
        text(to + 4, y + BAR - 3, ratio!.toFixed(ratio! < 10 ? 1 : 0)),
      );
      y += BAR;
    }
    y += 10;
  }
  for (let power = Math.ceil(Math.log10(least)); 10 ** power <= most; power += 1) {
    const x = at(10 ** power).toFixed(1);
    parts.unshift(`<path d="M${x} 44V${y}" stroke="${power === 0 ? '#000' : '#ddd'}"/>`);
    parts.push(text(Number(x) - 6, y + 14, String(10 ** power)));
  }
  const legend = names.map((name, i) => {
    const x = LABEL + i * 120;
    return `<rect x="${x}" y="22" width="12" height="12" fill="${COLOURS[i % COLOURS.length]}"/>${text(x + 16, 32, name)}`;
  });
  const title = text(8, 14, "Time divided by Reluscope's (right of 1: slower than Reluscope)");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 24}" font-family="sans-serif" font-size="11">` +
    `<rect width="100%" height="100%" fill="#fff"/>${title}${legend.join('')}${parts.join('')}</svg>\n`
  );
}

function text(x: number, y: number, content: string): string {
  return `<text x="${x}" y="${y}">${content}</text>`;
}
