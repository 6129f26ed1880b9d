import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { LabelledAgent } from './labels.ts';

/**
 * Runs `measure` on the checkout, or, where labels wire agents of their own to its flows and classes, on a copy that has
 * them. The checkout itself stays as it is.
 */
export async function withWiredAgents<T>(
  checkout: string,
  agents: readonly LabelledAgent[],
  measure: (folder: string) => Promise<T>,
): Promise<T> {
  if (agents.every(({ wired }) => wired === undefined)) return await measure(checkout);
  const temporary = mkdtempSync(join(tmpdir(), 'accuracy-'));
  try {
    const copy = join(temporary, basename(checkout));
    cpSync(checkout, copy, { recursive: true, filter: (path) => basename(path) !== '.git' });
    for (const agent of agents) wire(copy, agent);
    return await measure(copy);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function wire(folder: string, labelled: LabelledAgent): void {
  if (labelled.wired === undefined) return;
  const bundle = join(folder, labelled.wired, 'main/default/aiAuthoringBundles', labelled.agent);
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(bundle, `${labelled.agent}.agent`), toAgentScript(labelled));
}

/** One subagent that offers each labelled action to the model, without a guard. */
function toAgentScript({ agent, actions }: LabelledAgent): string {
  return [
    'config:',
    `    developer_name: "${agent}"`,
    'start_agent measured:',
    '    actions:',
    ...actions.flatMap(({ action, target }) => {
      if (target === undefined) throw new Error(`${agent}.${action} is wired, but its labels name no target.`);
      return [`        ${action}:`, `            target: "${target}"`];
    }),
    '    reasoning:',
    '        actions:',
    ...actions.map(({ action }) => `            ${action}: @actions.${action}`),
    '',
  ].join('\n');
}
