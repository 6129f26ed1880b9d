import type { Drift } from '../../graph/agent.ts';
import { nameSome } from '../nameSome.ts';
import type { Rule } from '../rule.ts';

interface DriftRule extends Pick<Rule, 'id' | 'severity' | 'summary'> {
  readonly kind: Drift['kind'];
  readonly message: (agent: string, differences: string) => string;
  readonly fix: string;
}

/** A rule that reports the drifts of one kind, once for each agent: its path leads from the other to the analysed. */
export function driftRule({ kind, message, fix, ...rule }: DriftRule): Rule {
  return {
    ...rule,
    category: 'reliability',
    check: ({ agents }) =>
      agents.flatMap((agent) => {
        const drifts = (agent.drifts ?? []).filter((drift) => drift.kind === kind);
        const [first] = drifts;
        if (!first) return [];
        const words = drifts.map(({ subject, differences }) => `${subject} ${differences.join(', ')}`);
        return [
          {
            agent,
            path: [
              { ...first.other, label: `${first.subject}: not analysed` },
              { ...first.analysed, label: `${first.subject} ${first.differences.join(', ')}` },
            ],
            message: message(agent.name, nameSome(words, 'more differences')),
            fix,
          },
        ];
      }),
  };
}
