import type { DiffStatus, EffectDiff } from '@agent-readiness/protocol';
import { count } from '../words.ts';

export const diffTitles: Readonly<Record<DiffStatus, string>> = {
  accepted: 'NO NEW AUTHORITY',
  refused: 'NEW AUTHORITY',
  incomplete: 'INCOMPLETE',
};

/** The reason of the verdict in one sentence, without its full stop. */
export function diffReason({ actions, runsAs, changes, verdict, base }: EffectDiff): string {
  const parts = (['added', 'widened', 'narrowed', 'removed'] as const).flatMap((kind) => {
    const amount = changes.filter((change) => change.kind === kind).length;
    return amount > 0 ? [`${amount} ${kind}`] : [];
  });
  const effects = parts.length > 0 ? `effects: ${parts.join(', ')}` : 'no effect differs';
  const named = [
    ...(actions.added.length > 0 ? [count(actions.added.length, 'new action')] : []),
    ...(runsAs.length > 0 ? [`${count(runsAs.length, 'agent')} in another name`] : []),
    ...(actions.removed.length > 0 ? [`${count(actions.removed.length, 'action')} gone`] : []),
  ];
  const unread = verdict.status === 'incomplete' ? ['files could not be read, so there may be more'] : [];
  return `compared with ${base.name}: ${[effects, ...named, ...unread].join('; ')}`;
}

/** `Order_Care runs as a@example.com → b@example.com`. */
export function runsAsLines({ runsAs }: EffectDiff): string[] {
  return runsAs.map(({ agent, from, to }) => `${agent} runs as ${from || 'no named user'} → ${to || 'no named user'}`);
}

/** What to do next, where there is something to do. */
export function diffStep({ verdict, base }: EffectDiff): string | undefined {
  if (verdict.status === 'incomplete') return 'Repair or retrieve what sf readiness check lists under "Not seen".';
  if (verdict.status === 'accepted') return undefined;
  const kinds = verdict.failOn.join(' or ');
  return base.kind === 'manifest'
    ? `Take it away, or have the manifest reviewed: sf readiness check --write-manifest (the policy refuses ${kinds}).`
    : `Take it away, or have it approved (the policy refuses ${kinds}).`;
}
