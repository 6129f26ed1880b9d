/** What a measured process does: runs one piece of work and prints its cost as one line of JSON. */
import { fileURLToPath } from 'node:url';

export const grammar = fileURLToPath(new URL('../../sf-plugin/grammar/dist/tree-sitter-apex.wasm', import.meta.url));

export function apexFiles(index) {
  return [...index.all('apexClass'), ...index.all('apexTrigger')];
}

/**
 * Prints `{ wallMs, cpuMs, peakMb, laps, … }`. Times leave out the start of Node and the loading of
 * modules; the peak of the resident memory is that of the whole process.
 *
 * @param {(lap: (name: string) => void) => Promise<object>} work what it returns is printed as well
 * @param {() => number} [childCpuMs] what processes that the work started have used; their memory is not known
 */
export async function measured(work, childCpuMs) {
  const startedAt = performance.now();
  const usedBefore = process.cpuUsage();
  const laps = {};
  let last = startedAt;
  const result = await work((name) => {
    const now = performance.now();
    laps[name] = Math.round(now - last);
    last = now;
  });
  const { user, system } = process.cpuUsage(usedBefore);
  const cost = {
    wallMs: Math.round(performance.now() - startedAt),
    cpuMs: Math.round((user + system) / 1000 + (childCpuMs?.() ?? 0)),
    peakMb: childCpuMs ? null : Math.round(process.resourceUsage().maxRSS / 1024),
    laps,
  };
  process.stdout.write(`${JSON.stringify({ ...cost, ...result })}\n`);
}
