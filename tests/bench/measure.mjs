/** float32 and the peers' own summation: far above their rounding, far below a wrong result. */
const ERROR_LIMIT = 1e-4;

/** Rounds end after this, so that slow works do not hold up the others; at least one is made. */
const ROUNDS_MS = 12_000;

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times the candidates on a piece of work in rounds, each candidate once a round, and holds each
 * against float64 before and after. A candidate that fails or is wrong is reported and left out.
 */
export async function measureInterleaved(work, among, { makeWork, modelOf, worstError }) {
  const { name, field, side, gradient, rounds } = work;
  const full = makeWork(name, field, side, gradient);
  const model = modelOf(field);
  const entries = [];
  const errorOf = async (peer) => {
    const error = worstError(full, await peer.probe());
    if (!(error <= ERROR_LIMIT)) throw new Error(`error ${error} against float64`);
    return error;
  };
  for (const peer of among.filter(({ name }) => !work.without?.includes(name))) {
    const entry = { peer, name: peer.name, times: [], failure: null };
    entries.push(entry);
    await guard(entry, async () => {
      await peer.load(full, model);
      entry.errorBefore = await errorOf(peer);
    });
  }
  const start = performance.now();
  let made = 0;
  for (; made < rounds && (made === 0 || performance.now() - start < ROUNDS_MS); made += 1) {
    for (const entry of entries.filter(({ failure }) => !failure)) {
      await guard(entry, async () => entry.times.push(await entry.peer.run()));
    }
  }
  for (const entry of entries) {
    if (!entry.failure) {
      await guard(entry, async () => {
        entry.errorAfter = await errorOf(entry.peer);
      });
    }
    await guard(entry, () => entry.peer.unload());
  }
  const result = {
    name,
    side,
    gradient,
    field,
    rounds,
    candidates: entries.map(summarize(entries)),
  };
  const line = result.candidates.map((c) => `${c.name} ${c.failure ?? c.median.toFixed(2)}`);
  console.log(`${name}, ${gradient ? 'value + gradient' : 'value'}, ${side}²: ${line.join(', ')}`);
  return result;
}

async function guard(entry, action) {
  try {
    await action();
  } catch (error) {
    entry.failure ??= String(error.message ?? error).split('\n')[0];
  }
}

function summarize(entries) {
  const ours = entries.find(({ name }) => name === 'Reluscope');
  return ({ name, times, failure, errorBefore, errorAfter }) => {
    if (failure) return { name, failure };
    const ratios =
      ours && !ours.failure ? times.map((time, round) => time / ours.times[round]) : [];
    return {
      name,
      min: Math.min(...times),
      median: median(times),
      max: Math.max(...times),
      ratio: ratios.length > 0 ? median(ratios) : null,
      error: Math.max(errorBefore, errorAfter),
    };
  };
}
