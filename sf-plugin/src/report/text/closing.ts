import type { Report } from '@agent-readiness/protocol';
import { worst, type Answer } from '../answer.ts';
import { actionReference } from '../explain/actionReference.ts';
import { seenWords } from '../verdict.ts';
import { listWords } from '../words.ts';
import { worstWords } from './headline.ts';
import { widthOf, wrap } from './layout.ts';
import type { Style } from './style.ts';

/** The worst thing found, how much was seen, and the next step. */
export function closing(report: Report, answers: readonly Answer[], style: Style): string[] {
  const [worstThing, step, hint] = [worstOf(answers), next(report), explainHint(report, answers)];
  return [
    ...(worstThing === undefined ? [] : [`Worst: ${worstThing}.`]),
    `Seen: ${seenWords(report)}.`,
    ...(step === undefined ? [] : [`Next: ${step}.`]),
    ...(hint === undefined || widthOf(hint) > style.width ? [] : [hint]),
    'Whole report: --output-file readiness.html; also .md, .sarif, .xml or .json.',
  ].flatMap((text) => wrap(text, style.width));
}

function worstOf([first]: readonly Answer[]): string | undefined {
  const found = first && worst(first);
  if (!found) return undefined;
  return `${first.title} ${worstWords(found.question, found.row)} (${listWords(found.row.actions, 1)})`;
}

function next({ verdict, findings }: Report): string | undefined {
  const [first] = findings;
  if (verdict.status === 'incomplete') return 'repair or retrieve the files under "Not seen" and run again';
  if (verdict.status === 'ready' || !first) return undefined;
  return `fix ${first.ruleId} in ${first.action ?? first.agent} first`;
}

/** What a shell takes as one word, whatever the metadata says. */
const plainWord = /^[\p{L}\p{N}_.-]+$/u;

/** The command that shows the paths of the action to begin with: the one of the first finding, or the worst. */
function explainHint({ agents, findings: [finding] }: Report, [answer]: readonly Answer[]): string | undefined {
  const name = finding?.action ?? (answer && worst(answer)?.row.actions[0]);
  const agent = finding?.action === undefined ? answer?.agent : agents.find((each) => each.name === finding.agent);
  const action = agent?.actions.find((each) => each.name === name);
  if (!agent || !action) return undefined;
  const reference = actionReference(action, agent, agents);
  return plainWord.test(reference) ? `Why: sf readiness explain ${reference}` : undefined;
}
