import type { Finding, Hop, Place, Report, WaivedBy } from '@agent-readiness/protocol';
import type { FormatContext } from '../reportFormat.ts';
import { printableText } from '../printable.ts';
import { count } from '../words.ts';
import { descriptors, levels } from './descriptors.ts';
import { fittingResults, maxFlowLocations, type Fitting } from './limits.ts';

/** SARIF 2.1.0 as GitHub code scanning reads it: each finding with its path as a code flow. */
export function toSarif(report: Report, { toolVersion, projectPath, rules }: FormatContext): string {
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const fitting = fittingResults(report.findings, (finding, withPath) => ({
    ...toResult(finding, ruleIndex.get(finding.ruleId), projectPath),
    ...(withPath && finding.path.length > 0 && { codeFlows: [codeFlow(finding.path, projectPath)] }),
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'agent-readiness',
            semanticVersion: toolVersion,
            rules: descriptors(rules, report.findings),
          },
        },
        // One project of a repository must not replace the results of another.
        automationDetails: { id: `agent-readiness/${projectPath}` },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.coverage.filesFailed.length === 0,
            toolExecutionNotifications: notifications(report, fitting, projectPath),
          },
        ],
        results: fitting.results,
      },
    ],
  };
  return `${JSON.stringify(log)}\n`;
}

function toResult(finding: Finding, ruleIndex: number | undefined, projectPath: string): object {
  const { ruleId, severity, agent, action, effect, message, fix, place, fingerprint, waivedBy, baseline } = finding;
  const owner = [agent, ...(action === undefined ? [] : [action])].map(printableText);
  return {
    ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levels[severity],
    message: { text: messageText(`${message} Fix: ${fix}`) },
    locations: [
      {
        physicalLocation: physicalLocation(place, projectPath),
        logicalLocations: [{ name: owner.at(-1), fullyQualifiedName: owner.join('/') }],
      },
    ],
    // Code scanning matches results by this key alone, whatever its name says.
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    ...(waivedBy && { suppressions: [suppression(waivedBy, projectPath)] }),
    ...(baseline && { baselineState: baseline }),
    properties: { severity, ...(effect !== undefined && { effect }) },
  };
}

/** From the agent to the effect: metadata, flow elements and lines of Apex are steps of one path. */
function codeFlow(path: readonly Hop[], projectPath: string): object {
  const locations = path.slice(0, maxFlowLocations).map((hop) => ({
    location: { physicalLocation: physicalLocation(hop, projectPath), message: { text: messageText(hop.label) } },
  }));
  return { threadFlows: [{ locations }] };
}

function suppression({ reason, owner, approver, expires, place }: WaivedBy, projectPath: string): object {
  return {
    kind: 'external',
    status: 'accepted',
    justification: messageText(`${reason} (until ${expires}; owner ${owner}, approved by ${approver})`),
    location: { physicalLocation: physicalLocation(place, projectPath) },
  };
}

/** What the reader of the results must know about what is missing from them. */
function notifications({ coverage }: Report, { hidden, withoutPath }: Fitting, projectPath: string): object[] {
  return [
    ...coverage.filesFailed.map(({ reason, ...place }) => ({
      level: 'error',
      message: { text: messageText(`Not read in full: ${reason}`) },
      locations: [{ physicalLocation: physicalLocation(place, projectPath) }],
    })),
    ...(hidden > 0 ? [warning(`${count(hidden, 'finding')} left out: the file holds the worst.`)] : []),
    ...(withoutPath > 0 ? [warning(`${count(withoutPath, 'finding')} without the path: the file is full.`)] : []),
  ];
}

function warning(text: string): object {
  return { level: 'warning', message: { text } };
}

function physicalLocation({ file, line, column }: Place, projectPath: string): object {
  return {
    artifactLocation: { uri: toUri(`${projectPath}${file}`) },
    region: { startLine: line, startColumn: column },
  };
}

function toUri(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/** `[text](target)` in a message is a link to a viewer; names in metadata must not make one. */
function messageText(text: string): string {
  return printableText(text).replaceAll('](', '] (');
}
