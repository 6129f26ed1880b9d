import type { Effect, Report } from '@agent-readiness/protocol';
import { writesFields } from './config/effectText.ts';
import { noPolicy } from './config/policy.ts';

/** What the comments say of an effect beside its name. */
export type Remark = (effect: Effect) => string;

/**
 * A policy that allows what the agents do today, and no more, with a comment on every setting.
 *
 * @param schema where editors find the JSON Schema of the file
 */
export function startingPolicy({ agents }: Pick<Report, 'agents'>, remark: Remark, schema: string): string {
  const byAgent = new Map<string, Map<string, Effect[]>>();
  for (const { name, actions } of agents) {
    const known = byAgent.get(name) ?? new Map<string, Effect[]>();
    byAgent.set(name, known);
    for (const action of actions) known.set(action.name, [...(known.get(action.name) ?? []), ...action.effects]);
  }
  const lines = [...byAgent]
    .sort(byName)
    .flatMap(([agent, actions]) => [
      `  ${key(agent)}:`,
      '    # Whoever answers for the agent: a team, a role, an address.',
      '    # owner: service-team@example.com',
      `    actions:${actions.size === 0 ? ' {}' : ''}`,
      ...[...actions].sort(byName).flatMap(([action, effects]) => actionLines(action, effects, remark)),
    ]);
  return `${head(schema)}\nagents:${lines.length === 0 ? ' {}' : ''}\n${lines.map((line) => `${line}\n`).join('')}\n${tail}`;
}

function actionLines(action: string, effects: readonly Effect[], remark: Remark): string[] {
  const groups = new Map<
    string,
    { readonly operation: string; readonly note: string; readonly targets: Set<string> }
  >();
  for (const effect of effects) {
    const { operation } = effect;
    const note = remark(effect);
    const group = groups.get(`${operation} ${note}`) ?? { operation, note, targets: new Set() };
    groups.set(`${operation} ${note}`, group);
    for (const target of targetsOf(effect)) group.targets.add(target);
  }
  const may = [...groups.values()]
    .map(({ operation, note, targets }) => [`${operation} ${[...targets].sort().join(', ')}`, note] as const)
    .sort(byName)
    .map(([text, note]) => `          - ${scalar(text)} # ${note}`);
  return [`      ${key(action)}:`, ...(may.length === 0 ? ['        may: []'] : ['        may:', ...may])];
}

function targetsOf({ operation, object, fields }: Effect): readonly string[] {
  const namesFields = writesFields.has(operation) && fields.length > 0 && !fields.includes('*');
  return namesFields ? fields.map((field) => `${object}.${field}`) : [object];
}

function scalar(text: string): string {
  return /^[A-Za-z][\w .,*/-]*$/.test(text) ? text : JSON.stringify(text);
}

function key(name: string): string {
  return /^[A-Za-z]\w*$/.test(name) && !/^(true|false|null)$/i.test(name) ? name : JSON.stringify(name);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function head(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# What the agents of this project may do. sf readiness check holds them to it.
# Written from what they do today: read it, and take away what they should not do.
version: 1

# Findings from this severity on fail the check: critical, high, medium or low.
failOn: high

# Severities other than those the rules come with:
# rules:
#   untested-write:
#     severity: high

# Changes that fail sf readiness diff: added, widened, narrowed, removed.
diff:
  failOn: [${noPolicy.diffFailOn.join(', ')}]

# A waiver may expire so many days from now at most.
waiverDays: ${noPolicy.waiverDays}

# For each action everything that it may change, and nothing else: an operation and what it may change.
# An entry can be limited further:
#   - effect: delete Case
#     extent: one              # one, bounded (with extentLimit), children-of-one, unbounded
#     identity: user           # user, system-with-sharing, system
#     gate: confirmed          # the weakest gate that may stand in front
#     reversibility: recoverable
`;
}

const tail = `# Findings that somebody answers for until a day:
# waivers:
#   - rule: unbounded-write
#     agent: My_Agent
#     action: my_action        # * stands for any characters; without it, all actions
#     effect: update:Case      # the same
#     reason: Why the risk is taken.
#     owner: service-team@example.com
#     approver: security-team@example.com
#     expires: 2030-01-31
`;
