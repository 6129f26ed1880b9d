import type { ReadinessRow } from '../../domain/readiness.ts';
import type { Bridge } from '../bridge.ts';

/** What the wiring knows and the use cases do not. */
export interface Surroundings {
  readonly store: 'postgres' | 'pglite';
  readonly developmentKeys: boolean;
  readonly orgs: number;
}

type Row = readonly [ReadinessRow['dimension'], boolean, string];

/** The rows that this bridge can answer for itself, each with its evidence. */
export async function readinessRows(bridge: Bridge, around: Surroundings): Promise<readonly ReadinessRow[]> {
  const { budgets } = bridge.policy;
  const tasks = [...bridge.tasks.values()].map(({ definition }) => definition);
  const storeAnswers = await bridge.store
    .transaction(({ audit }) => audit.head())
    .then(
      ({ size }) => size,
      () => undefined,
    );
  const ceilings = [budgets.agentPerDay, budgets.taskPerDay, budgets.perDay, budgets.perMonth];
  const rows: readonly Row[] = [
    ['cost', ceilings.every((ceiling) => ceiling > 0), `ceilings of ${ceilings.join(', ')} millionths of a dollar`],
    ['cost', bridge.model.kind === 'anthropic', `the model is ${bridge.model.kind}`],
    ['latency', tasks.length > 0, tasks.map(({ name, limits }) => `${name}: ${limits.deadlineSeconds} s`).join(', ')],
    ['safety', blocksWhatThrows(bridge), 'a policy that no guardrail can read blocks'],
    ['governance', masks(bridge), 'an e-mail address is masked and found by the leak check'],
    ['governance', !around.developmentKeys, around.developmentKeys ? 'keys of a first start' : 'configured keys'],
    ['reliability', storeAnswers !== undefined, `the log has ${storeAnswers ?? 'no'} entries`],
    ['reliability', around.store === 'postgres', `the store is ${around.store}`],
    ['accountability', around.orgs > 0, `${around.orgs} pinned orgs, owner ${bridge.policy.owner.person}`],
    [
      'accountability',
      tasks.every(({ effects, gate }) => effects.length === 0 || gate.approval === 'always'),
      'every task that writes asks a person',
    ],
  ];
  return rows.map(([dimension, met, evidence]) => ({ dimension, status: met ? 'met' : 'unmet', evidence }));
}

function blocksWhatThrows({ runGuardrails }: Bridge): boolean {
  const policy = { unreadable: { unreadable: true } };
  const findings = runGuardrails({ stage: 'in', input: 'probe', outputSchema: {}, policy });
  return findings.some(({ action }) => action === 'block');
}

const probe = 'probe.address@example.com';

function masks({ createMasker }: Bridge): boolean {
  const masker = createMasker({ key: new Uint8Array(32).fill(1), known: [], hints: {}, policy: {} });
  return !JSON.stringify(masker.mask({ text: probe })).includes(probe) && masker.leaks({ text: probe }).length > 0;
}
