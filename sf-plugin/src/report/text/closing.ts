import type { Report } from '@agent-readiness/protocol';
import { worst, type Answer } from '../answer.ts';
import { seenWords } from '../verdict.ts';
import { listWords } from '../words.ts';
import { worstWords } from './headline.ts';
import { wrap } from './layout.ts';
import type { Style } from './style.ts';

/** The worst thing found, how much was seen, and the next step. */
export function closing(report: Report, answers: readonly Answer[], style: Style): string[] {
  const [worstThing, step] = [worstOf(answers), next(report)];
  return [
    ...(worstThing === undefined ? [] : [`Worst: ${worstThing}.`]),
    `Seen: ${seenWords(report)}.`,
    ...(step === undefined ? [] : [`Next: ${step}.`]),
    'Whole report: --output-file readiness.md, .json or .sarif.',
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
