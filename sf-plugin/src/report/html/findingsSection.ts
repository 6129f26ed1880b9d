import { counts, type Finding } from '@agent-readiness/protocol';
import type { RuleDescription } from '../reportFormat.ts';
import { count } from '../words.ts';
import { placeFact, severityFact } from './facts.ts';
import { html, nothing, when, type Markup } from './markup.ts';
import type { AgentView } from './view.ts';

/** Findings of a rule that are told in full; of the others the name says enough, and leads to the rest. */
const toldInFull = 10;

/**
 * What the rules found, most severe first, each rule with what to do; excused findings at the end.
 *
 * @param limit findings shown per rule
 */
export function findingsSection(
  findings: readonly Finding[],
  agents: readonly AgentView[],
  rules: readonly RuleDescription[],
  limit: number,
): Markup {
  const summaries = new Map(rules.map(({ id, summary }) => [id, summary]));
  const targets = evidenceLinks(agents);
  const list = (group: readonly Finding[]): Markup => {
    const inFull = group.slice(0, group.length === toldInFull + 1 ? undefined : toldInFull);
    const byName = group.slice(inFull.length, Math.max(limit, inFull.length));
    const hidden = group.length - inFull.length - byName.length;
    return html`<ul class="findings">
        ${inFull.map((finding) => oneFinding(finding, targets.get(evidenceKey(finding))))}
      </ul>
      ${when(byName.length > 0, () => html`<p class="label">${byName.length} more</p>`)}
      ${when(
        byName.length > 0,
        () =>
          html`<ul class="names">
            ${byName.map((finding) => findingName(finding, targets.get(evidenceKey(finding))))}
          </ul>`,
      )}
      ${when(hidden > 0, () => html`<p class="quiet">${hidden} more in the JSON report.</p>`)}`;
  };
  const counting = findings.filter(counts);
  const waived = findings.filter(({ waivedBy }) => waivedBy !== undefined);
  const known = findings.filter((finding) => finding.waivedBy === undefined && !counts(finding));
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings <span class="count">${counting.length}</span></h2>
    ${when(counting.length === 0, () => html`<p class="card none">Nothing to fix.</p>`)}
    ${byRule(counting).map((group) => oneRule(group, summaries, list))} ${excused('Waived', waived, list)}
    ${excused('Known before, by the baseline', known, list)}
  </section>`;
}

/** Keeps the order of the findings, which is by severity. */
function byRule(findings: readonly Finding[]): (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.ruleId}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function oneRule(
  group: readonly [Finding, ...Finding[]],
  summaries: ReadonlyMap<string, string>,
  list: (findings: readonly Finding[]) => Markup,
): Markup {
  const [{ severity, ruleId }] = group;
  const fixes = [...new Set(group.map(({ fix }) => fix))];
  return html`<details class="card rule" ${when(severity === 'critical', () => html` open`)}>
    <summary>
      ${severityFact(severity)} <b>${ruleId}</b> <span class="count">${group.length}</span>
      <span class="quiet">${summaries.get(ruleId) ?? ''}</span>
    </summary>
    <div class="fix">
      <p class="label">How to fix</p>
      ${fixes.map((fix) => html`<p>${fix}</p>`)}
    </div>
    ${list(group)}
  </details>`;
}

function excused(title: string, findings: readonly Finding[], list: (findings: readonly Finding[]) => Markup): Markup {
  if (findings.length === 0) return nothing;
  return html`<details class="card rule excused">
    <summary>
      <b>${title}</b> <span class="count">${findings.length}</span>
      <span class="quiet">${count(findings.length, 'finding')} that the verdict does not count</span>
    </summary>
    ${list(findings)}
  </details>`;
}

function oneFinding(finding: Finding, target: string | undefined): Markup {
  const { agent, action, message, place, waivedBy, severity, ruleId } = finding;
  return html`<li>
    <p><b>${action ?? agent}</b> ${counts(finding) ? nothing : html`${severityFact(severity)} ${ruleId}`}</p>
    <p>${message}</p>
    ${waivedBy ? waiver(waivedBy) : nothing}
    <p class="proof">
      ${placeFact(place)}${target === undefined ? nothing : html` <a href="#${target}">Show the path</a>`}
    </p>
  </li>`;
}

function findingName({ agent, action = agent, effect }: Finding, target: string | undefined): Markup {
  const name = [action, ...(effect === undefined ? [] : [effect])].join(' ');
  return target === undefined ? html`<li>${name}</li>` : html`<li><a href="#${target}">${name}</a></li>`;
}

function waiver({ reason, owner, approver, expires, place }: NonNullable<Finding['waivedBy']>): Markup {
  return html`<p class="waiver">
    Waived until <b>${expires}</b>: ${reason} <span class="quiet">Owner ${owner}, approved by ${approver}.</span>
    ${placeFact(place)}
  </p>`;
}

/** Where the page shows what a finding is about: its effect, or else its action. */
function evidenceLinks(agents: readonly AgentView[]): ReadonlyMap<string, string> {
  const links = new Map<string, string>();
  const add = (key: string, target: string): void => {
    if (!links.has(key)) links.set(key, target);
  };
  for (const { agent, acting } of agents) {
    for (const { id, action, effects } of acting) {
      for (const { effect, objects, number } of effects) {
        for (const object of objects) {
          add(keyOf(agent.name, action.name, `${effect.operation}:${object}`), `effect-${number}`);
        }
      }
      add(keyOf(agent.name, action.name, ''), id);
    }
  }
  return links;
}

function evidenceKey({ agent, action = '', effect = '' }: Finding): string {
  return keyOf(agent, action, effect);
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}
