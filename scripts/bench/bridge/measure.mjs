/** Interleaved measurements of several callers, `{ name, prepare }` each; times are milliseconds. */

const batch = 50;

/** One row per round: how long each caller took, one after the other, in an order that turns from round to round. */
export async function measureLatency(callers, rounds) {
  const rows = [];
  while (rows.length < rounds) {
    const size = Math.min(batch, rounds - rows.length);
    const calls = await Promise.all(callers.map(({ prepare }) => prepare(size)));
    for (let round = 0; round < size; round++) {
      const row = {};
      for (let turn = 0; turn < callers.length; turn++) {
        const at = (round + turn) % callers.length;
        const started = performance.now();
        await calls[at][round]();
        row[callers[at].name] = performance.now() - started;
      }
      rows.push(row);
    }
  }
  return rows;
}

/** Runs `count` prepared calls, so many at a time. Per second, and how long each took. */
export async function measureLoad({ prepare }, { count, parallel }) {
  const calls = await prepare(count);
  const times = [];
  const work = async () => {
    for (let call = calls.pop(); call; call = calls.pop()) {
      const started = performance.now();
      await call();
      times.push(performance.now() - started);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: parallel }, work));
  return { perSecond: count / ((performance.now() - started) / 1_000), times };
}
