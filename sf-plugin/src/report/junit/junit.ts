import {
  atLeast,
  counts,
  type AgentReport,
  type FailedFile,
  type Finding,
  type Place,
  type Report,
} from '@agent-readiness/protocol';
import { printable } from '../printable.ts';
import type { FormatContext } from '../reportFormat.ts';
import { element } from './xml.ts';

interface Case {
  readonly markup: string;
  readonly outcome: 'passed' | 'failed' | 'error' | 'skipped';
}

/**
 * JUnit XML, for the test view of a CI system. A suite per agent: each finding that fails the gate is a
 * failed case by a name that stays, each waived one a skipped case, each action without one a passed case.
 */
export function toJunit(untrusted: Report, { projectPath }: Pick<FormatContext, 'projectPath'>): string {
  const report = printable(untrusted);
  const suites = [
    ...report.agents.map((agent) => suite(agentSuite(agent), agentCases(agent, report, projectPath))),
    ...(report.coverage.filesFailed.length > 0
      ? [
          suite(
            'files not read in full',
            report.coverage.filesFailed.map((failed) => failedFile(failed, projectPath)),
          ),
        ]
      : []),
  ];
  const totals = tally(suites.flatMap(({ cases }) => cases));
  const root = element(
    'testsuites',
    { name: 'agent readiness', ...totals },
    suites.map(({ markup }) => markup),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function suite(name: string, cases: readonly Case[]): { readonly markup: string; readonly cases: readonly Case[] } {
  return {
    markup: element(
      'testsuite',
      { name, ...tally(cases) },
      cases.map(({ markup }) => markup),
    ),
    cases,
  };
}

/** Versions of an agent are suites of their own. */
function agentSuite({ name, version }: AgentReport): string {
  return version === '' ? name : `${name} ${version}`;
}

function agentCases(agent: AgentReport, { findings, verdict }: Report, projectPath: string): Case[] {
  const fileOf = ({ file }: Place): string => `${projectPath}${file}`;
  const own = findings.filter((finding) => finding.agent === agent.name);
  const failing = own.filter((finding) => counts(finding) && atLeast(finding.severity, verdict.failOn));
  const failed = new Set(failing.map(({ action }) => action));
  return [
    ...failing.map((finding) => findingCase(finding, fileOf(finding.place), 'failed', failure(finding))),
    ...own.flatMap((finding) =>
      finding.waivedBy ? [findingCase(finding, fileOf(finding.place), 'skipped', skipped(finding.waivedBy))] : [],
    ),
    ...agent.actions
      .filter(({ name }) => !failed.has(name))
      .map(({ name, place }): Case => {
        const notes = own.filter((finding) => finding.action === name && counts(finding)).map(summary);
        const content = notes.length > 0 ? [element('system-out', {}, notes.join('\n'))] : [];
        return {
          markup: element('testcase', { classname: agent.name, name, file: fileOf(place) }, content),
          outcome: 'passed',
        };
      }),
  ];
}

function findingCase(finding: Finding, file: string, outcome: Case['outcome'], content: string): Case {
  const { agent, action, ruleId, effect } = finding;
  const name = [...(action === undefined ? [] : [action]), ruleId, ...(effect === undefined ? [] : [effect])].join(' ');
  return { markup: element('testcase', { classname: agent, name, file }, [content]), outcome };
}

function failure(finding: Finding): string {
  const { severity, message, fix, path } = finding;
  const text = [
    message,
    `Fix: ${fix}`,
    placeText(finding.place),
    ...(path.length > 0 ? ['', 'Path:', ...path.map((hop) => `  ${hop.label} (${placeText(hop)})`)] : []),
  ];
  return element('failure', { type: severity, message }, text.join('\n'));
}

function skipped({ reason, owner, approver, expires }: NonNullable<Finding['waivedBy']>): string {
  const message = `Waived until ${expires}: ${reason} (owner ${owner}, approved by ${approver})`;
  return element('skipped', { message });
}

function summary(finding: Finding): string {
  return `${finding.severity} ${finding.ruleId}: ${finding.message} (${placeText(finding.place)})`;
}

function failedFile({ reason, ...place }: FailedFile, projectPath: string): Case {
  const error = element('error', { type: 'not read in full', message: reason }, placeText(place));
  const attributes = { classname: 'coverage', name: place.file, file: `${projectPath}${place.file}` };
  return { markup: element('testcase', attributes, [error]), outcome: 'error' };
}

function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}

function tally(cases: readonly Case[]): Record<'tests' | 'failures' | 'errors' | 'skipped', number> {
  const having = (wanted: Case['outcome']): number => cases.filter(({ outcome }) => outcome === wanted).length;
  return { tests: cases.length, failures: having('failed'), errors: having('error'), skipped: having('skipped') };
}
