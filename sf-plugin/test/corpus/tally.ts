import type { Effect, Report } from '@agent-readiness/protocol';
import type { Verdict } from './verdict.ts';

/** Everything a report says that a verdict can speak of, and everything the verdicts say, one line each. */
export interface Tally {
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}

/**
 * What is compared: each effect with where its path ends, each branch ruled out, each place not understood, each action
 * that nothing can call. Of an effect, the attributes count that its verdict names.
 */
export function tallyOf(report: Report, verdicts: readonly Verdict[]): Tally {
  const owners = report.agents.flatMap((agent) =>
    agent.actions.map((action) => ({ agent: agent.name, version: agent.version, action })),
  );
  const others = [
    ...owners.flatMap(({ action }) => action.pruned.map(({ file, line }) => `pruned at ${file}:${line}`)),
    ...report.coverage.filesFailed.map(({ file, line }) => `unread at ${file}:${line}`),
    ...owners.flatMap(({ action: { reachable, place } }) =>
      reachable ? [] : [`unreachable at ${place.file}:${place.line}`],
    ),
  ];
  const found = owners.flatMap(({ agent, version, action }) =>
    action.effects.map((effect): Found => ({
      agent: version ? `${agent}.${version}` : agent,
      action: action.name,
      effect,
    })),
  );
  const pairs = pair(found, verdicts);
  return {
    expected: [...pairs.expected, ...placesOf(verdicts, 'pruned', 'unread', 'unreachable')].sort(),
    actual: [...pairs.actual, ...new Set(others)].sort(),
  };
}

interface Found {
  readonly agent: string;
  readonly action: string;
  readonly effect: Effect;
}

/** Gives each verdict the effect it means, if there is one; an effect that none means is shown without attributes. */
function pair(found: readonly Found[], verdicts: readonly Verdict[]): { expected: string[]; actual: string[] } {
  const left = [...found];
  const expected: string[] = [];
  const actual: string[] = [];
  const effects = verdicts.filter(({ kind }) => kind === 'effect');
  for (const verdict of effects) {
    const { agent, action, ...attributes } = verdict.attributes;
    expected.push(line(verdict.words, verdict, { ...verdict.attributes }));
    const fits = (each: Found): boolean =>
      headOf(each.effect) === `${verdict.words.join(' ')} at ${verdict.file}:${verdict.line}` &&
      (agent === undefined || agent === each.agent) &&
      (action === undefined || action === each.action);
    const exactly = (each: Found): boolean =>
      fits(each) && Object.entries(attributes).every(([name, value]) => attributeOf(each.effect, name) === value);
    const at = left.findIndex(exactly) === -1 ? left.findIndex(fits) : left.findIndex(exactly);
    const match = left[at];
    if (!match) continue;
    left.splice(at, 1);
    const shown = Object.keys(attributes).map((name) => [name, attributeOf(match.effect, name)] as const);
    actual.push(
      line(wordsOf(match.effect), endOf(match.effect), {
        ...(agent !== undefined && { agent: match.agent }),
        ...(action !== undefined && { action: match.action }),
        ...Object.fromEntries(shown),
      }),
    );
  }
  for (const { agent, action, effect } of left) {
    actual.push(line(wordsOf(effect), endOf(effect), { agent, action }));
  }
  return { expected, actual };
}

function placesOf(verdicts: readonly Verdict[], ...kinds: readonly Verdict['kind'][]): string[] {
  return verdicts.filter(({ kind }) => kinds.includes(kind)).map((each) => `${each.kind} at ${each.file}:${each.line}`);
}

function line(
  words: readonly string[],
  place: { file: string; line: number },
  attributes: Readonly<Record<string, string>>,
): string {
  const names = Object.keys(attributes).sort();
  const shown = names.map((name) => ` ${name}=${attributes[name] ?? ''}`).join('');
  return `${words.join(' ')} at ${place.file}:${place.line}${shown}`;
}

function headOf(effect: Effect): string {
  const { file, line: at } = endOf(effect);
  return `${wordsOf(effect).join(' ')} at ${file}:${at}`;
}

function wordsOf({ operation, object, reach, identity }: Effect): string[] {
  return [operation, object, reach, identity];
}

function endOf({ path }: Effect): { file: string; line: number } {
  const last = path.at(-1);
  if (!last) throw new Error('an effect without a path');
  return last;
}

function attributeOf(effect: Effect, name: string): string {
  if (name === 'fields') return effect.fields.join(',');
  if (name === 'extent' && effect.extentLimit !== undefined) return `${effect.extent}-${effect.extentLimit}`;
  const value = effect[name as Exclude<keyof Effect, 'fields' | 'path'>];
  return String(value ?? '');
}
