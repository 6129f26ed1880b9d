import type { Report } from '@agent-readiness/protocol';
import { isOpen, type Answer } from '../answer.ts';
import { seenWords, verdictReason } from '../verdict.ts';
import { listWords } from '../words.ts';
import { icon } from './icons.ts';
import { html, type Markup } from './markup.ts';

const verdicts = {
  ready: { title: 'Ready', icon: 'pass' },
  'not-ready': { title: 'Not ready', icon: 'fail' },
  incomplete: { title: 'Incomplete', icon: 'incomplete' },
} as const;

/** The verdict and what it rests on. */
export function masthead(report: Report, answers: readonly Answer[]): Markup {
  const { status } = report.verdict;
  const verdict = verdicts[status];
  return html`<header class="masthead">
    <p class="eyebrow"><span>Agent readiness</span> ${report.project.name}</p>
    <h1 class="verdict ${status}"><span class="seal">${icon(verdict.icon)}</span>${verdict.title}</h1>
    <p class="lead">${deletesSentence(answers, report.coverage.filesFailed.length > 0)}</p>
    <p class="quiet sentence">${verdictReason(report)}.</p>
    ${comparisons(report).map((text) => html`<p class="quiet">${text}.</p>`)}
    <p class="quiet">${seenWords(report)}. Folders: ${report.project.sourceDirs.join(', ')}.</p>
  </header>`;
}

export function pageTitle({ verdict, project }: Report): string {
  return `${verdicts[verdict.status].title} · ${project.name}`;
}

/** What the project was held against, beside the rules. */
function comparisons({ policy, baseline, lock, verdict: { excused } }: Report): string[] {
  const left = [
    ...(excused && excused.waived > 0 ? [`${excused.waived} waived`] : []),
    ...(excused && excused.baseline > 0 ? [`${excused.baseline} known before`] : []),
  ];
  return [
    ...(left.length > 0 ? [`Not counted: ${left.join(', ')}`] : []),
    ...(policy ? [`Policy ${policy.file}${policy.ref === undefined ? '' : ` of ${policy.ref}`}`] : []),
    ...(baseline
      ? [
          `Baseline ${baseline.file} of ${baseline.date} by ${baseline.owner}, ${baseline.fixed.length} of it fixed since`,
        ]
      : []),
    ...(lock
      ? [
          `${lock.exceeded ? 'Exceeds' : 'Stays within'} the reviewed authority in ${lock.file}, ` +
            (lock.signedBy === undefined ? 'unsigned or not verified' : `signed with ${lock.signedBy}`),
        ]
      : []),
  ];
}

const objectsNamed = 4;

/** What everybody asks first. */
function deletesSentence(answers: readonly Answer[], filesFailed: boolean): Markup {
  const deletes = answers.flatMap(({ rows }) => rows.deletes.filter(({ cascade }) => !cascade));
  const open = [...new Set(deletes.filter(isOpen).map(({ what }) => what))];
  if (open.length > 0) {
    return html`<b>${listWords(open, objectsNamed)}</b> can be deleted, and nothing that holds stands in front.`;
  }
  const unknown = filesFailed || answers.some(({ rows }) => rows.unknown.length > 0);
  if (deletes.length > 0)
    return html`Nothing can be deleted without a gate that holds${unknown ? ', as far as can be seen' : ''}.`;
  return html`Nothing can be deleted${unknown ? ', as far as can be seen' : ''}.`;
}
