import { parseYaml, type LocatedYaml, type YamlPath } from '../../extract/yaml/locatedYaml.ts';
import type { Problem } from '../problem.ts';
import { noPolicy, type AgentPolicy, type Policy } from './policy.ts';
import { policyJsonSchema, policySchema, type PolicyText } from './schema.ts';
import { schemaProblems } from './schemaProblems.ts';
import { toBudget } from './toBudget.ts';

/** A policy, or everything that is wrong with its text: `problems` is empty exactly if there is a policy. */
export interface ParsedPolicy {
  readonly policy: Policy | undefined;
  readonly problems: readonly Problem[];
}

/** Reads `readiness.config.yaml`. Agents and actions are not looked up: they may come and go with a change. */
export function parsePolicy(file: string, text: string): ParsedPolicy {
  const document = parseYaml(file, text);
  if (document.errors.length > 0) return { policy: undefined, problems: document.errors };
  const parsed = policySchema.safeParse(document.value);
  if (parsed.success) return { policy: toPolicy(parsed.data, document), problems: [] };
  return { policy: undefined, problems: schemaProblems(policyJsonSchema, document, parsed.error.issues) };
}

function toPolicy(
  { failOn, rules = {}, diff, waiverDays, agents = {}, waivers = [] }: PolicyText,
  document: LocatedYaml,
): Policy {
  return {
    failOn,
    severities: new Map(Object.entries(rules).flatMap(([id, rule]) => (rule?.severity ? [[id, rule.severity]] : []))),
    ruleOptions: new Map(Object.entries(rules).flatMap(([id, rule]) => (rule?.options ? [[id, rule.options]] : []))),
    diffFailOn: diff?.failOn ?? noPolicy.diffFailOn,
    waiverDays: waiverDays ?? noPolicy.waiverDays,
    agents: Object.entries(agents).map(([name, agent]) => toAgent(name, agent, document)),
    waivers: waivers.map(({ rule, agent, action, effect, reason, owner, approver, expires }, at) => ({
      place: document.placeOf(['waivers', at]),
      rule,
      agent,
      action,
      effect,
      reason,
      owner,
      approver,
      expires,
    })),
  };
}

function toAgent(
  name: string,
  { owner, may, actions = {} }: NonNullable<PolicyText['agents']>[string],
  document: LocatedYaml,
): AgentPolicy {
  const path: YamlPath = ['agents', name];
  return {
    name,
    place: document.placeOfKey(path),
    owner,
    budget: may && toBudget(may, document.placeOf([...path, 'may'])),
    actions: Object.entries(actions).map(([action, written]) => ({
      name: action,
      place: document.placeOfKey([...path, 'actions', action]),
      budget: toBudget(written.may, document.placeOf([...path, 'actions', action, 'may'])),
    })),
  };
}
