const milliseconds = (time) => (time < 10 ? time.toFixed(2) : time.toFixed(time < 100 ? 1 : 0));

/** The report for people; report.json holds the same numbers. */
export function markdownReport(report) {
  const { machine } = report;
  const sections = [
    '# Benchmark',
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ` +
      `${machine.node}; Chromium ${report.browser}, adapter ${report.adapter}; ${machine.date}. Load ` +
      `${machine.loadAtStart.toFixed(2)} at the start` +
      (machine.loadAtEnd === undefined ? '.' : `, ${machine.loadAtEnd.toFixed(2)} at the end.`),
    ...Object.entries(report.peers).map(([name, version]) => `${name}: ${version}.`),
    'Times in milliseconds; "ratio" is the median over rounds of the time divided by Reluscope\'s in the ' +
      'same round; "error" is the worst against float64, relative to the largest magnitude.',
    '![Ratios](ratios.svg)',
    ...report.works.map(workSection),
    ...fitSection(report.works),
  ];
  return `${sections.join('\n\n')}\n`;
}

function workSection({ name, side, gradient, rounds, candidates }) {
  const title = `## ${name}, ${gradient ? 'value and gradient' : 'value'}, ${side} × ${side}`;
  const rows = candidates.map((c) =>
    c.failure
      ? `| ${c.name} | ${c.failure} | | | | |`
      : `| ${c.name} | ${milliseconds(c.min)} | ${milliseconds(c.median)} | ${milliseconds(c.max)} | ` +
        `${c.ratio === null ? '' : c.ratio.toFixed(2)} | ${c.error.toExponential(1)} |`,
  );
  return [
    `${title}\n\n${rounds} rounds.\n`,
    '| | min | median | max | ratio | error |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Exponents of cost ~ n^e, by least squares through the logarithms. */
function fitSection(works) {
  const ours = works.flatMap(({ name, side, gradient, group, candidates }) => {
    const found = candidates.find((c) => c.name === 'Reluscope' && !c.failure);
    return found && !gradient && group !== 'small grid' ? [{ name, side, time: found.median }] : [];
  });
  const byPoints = groupByName(ours);
  const lines = [...byPoints]
    .filter(([, entries]) => entries.length > 2)
    .map(([name, entries]) => {
      const exponent = slope(entries.map(({ side, time }) => [side * side, time]));
      return `- ${name}: cost grows as points^${exponent.toFixed(2)}`;
    });
  return lines.length > 0 ? [`## Fits\n\n${lines.join('\n')}`] : [];
}

function slope(pairs) {
  const logs = pairs.map((pair) => pair.map(Math.log));
  const mean = (at) => logs.reduce((sum, pair) => sum + pair[at], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

function groupByName(entries) {
  const groups = new Map();
  for (const entry of entries) groups.set(entry.name, [...(groups.get(entry.name) ?? []), entry]);
  return groups;
}
