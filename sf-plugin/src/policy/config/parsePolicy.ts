import { parseYaml, type LocatedYaml, type YamlPath } from '../../extract/yaml/locatedYaml.ts';
import { rules } from '../../rules/registry.ts';
import { didYouMean } from '../nearest.ts';
import { policyRules } from '../policyRules.ts';
import type { Problem } from '../problem.ts';
import { parseBudget } from './parseBudget.ts';
import { noPolicy, type AgentPolicy, type Policy, type Waiver } from './policy.ts';
import { policySchema, type PolicyText } from './schema.ts';
import { schemaProblems } from './schemaProblems.ts';

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
  if (!parsed.success) {
    return { policy: undefined, problems: schemaProblems(policySchema, document, parsed.error.issues) };
  }
  const problems: Problem[] = [];
  const policy = toPolicy(parsed.data, document, problems);
  return problems.length === 0 ? { policy, problems } : { policy: undefined, problems };
}

function toPolicy(written: PolicyText, document: LocatedYaml, problems: Problem[]): Policy {
  const ids = [...rules, ...policyRules].map(({ id }) => id);
  for (const id of Object.keys(written.rules ?? {})) checkRule(id, ids, document.placeOfKey(['rules', id]), problems);
  return {
    failOn: written.failOn,
    severities: new Map(Object.entries(written.rules ?? {}).map(([id, { severity }]) => [id, severity])),
    diffFailOn: written.diff?.failOn ?? noPolicy.diffFailOn,
    waiverDays: written.waiverDays ?? noPolicy.waiverDays,
    agents: Object.entries(written.agents ?? {}).map(([name, agent]) => toAgent(name, agent, document, problems)),
    waivers: (written.waivers ?? []).map((waiver, at) => toWaiver(waiver, ['waivers', at], document, problems)),
  };
}

function toAgent(
  name: string,
  { owner, may, actions }: NonNullable<PolicyText['agents']>[string],
  document: LocatedYaml,
  problems: Problem[],
): AgentPolicy {
  const path: YamlPath = ['agents', name];
  return {
    name,
    place: document.placeOfKey(path),
    owner,
    budget: may && parseBudget(may, [...path, 'may'], document, problems),
    actions: Object.entries(actions ?? {}).map(([action, written]) => ({
      name: action,
      place: document.placeOfKey([...path, 'actions', action]),
      budget: parseBudget(written.may, [...path, 'actions', action, 'may'], document, problems),
    })),
  };
}

function toWaiver(
  { rule, agent, action, effect, reason, owner, approver, expires }: NonNullable<PolicyText['waivers']>[number],
  path: YamlPath,
  document: LocatedYaml,
  problems: Problem[],
): Waiver {
  const waivable = [...rules, ...policyRules.filter((each) => each.waivable)].map(({ id }) => id);
  const judged = policyRules.some(({ id, waivable: may }) => id === rule && !may);
  const place = document.placeOf([...path, 'rule']);
  if (judged) problems.push({ place, message: `the findings of "${rule}" cannot be waived` });
  else checkRule(rule, waivable, place, problems);
  if (owner?.trim().toLowerCase() === approver.trim().toLowerCase()) {
    problems.push({
      place: document.placeOf([...path, 'approver']),
      message: `"${approver}" owns the waiver and cannot approve it too`,
    });
  }
  return { place: document.placeOf(path), rule, agent, action, effect, reason, owner, approver, expires };
}

function checkRule(id: string, valid: readonly string[], place: Problem['place'], problems: Problem[]): void {
  if (!valid.includes(id)) problems.push({ place, message: `there is no rule "${id}"${didYouMean(id, valid)}` });
}
