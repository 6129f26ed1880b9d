import type { Finding, Place, Report } from '@agent-readiness/protocol';
import type { FormatContext } from '../reportFormat.ts';
import { printableText } from '../printable.ts';
import { count } from '../words.ts';
import { descriptors, levels } from './descriptors.ts';

/** GitHub code scanning refuses a file beyond these. */
const maxResults = 25_000;
const maxFlowLocations = 10_000;

/** SARIF 2.1.0 as GitHub code scanning reads it: each finding with its path as a code flow. */
export function toSarif(report: Report, { toolVersion, projectPath, rules }: FormatContext): string {
  const findings = report.findings.slice(0, maxResults);
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
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
            toolExecutionNotifications: notifications(report, projectPath),
          },
        ],
        results: findings.map((finding) => toResult(finding, ruleIndex.get(finding.ruleId), projectPath)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function toResult(finding: Finding, ruleIndex: number | undefined, projectPath: string): object {
  const { ruleId, severity, agent, action, effect, message, fix, place, path, fingerprint } = finding;
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
    ...(path.length > 0 && {
      codeFlows: [
        {
          threadFlows: [
            {
              locations: path.slice(0, maxFlowLocations).map((hop) => ({
                location: {
                  physicalLocation: physicalLocation(hop, projectPath),
                  message: { text: messageText(hop.label) },
                },
              })),
            },
          ],
        },
      ],
    }),
    properties: { severity, ...(effect !== undefined && { effect }) },
  };
}

/** What the reader of the results must know about what is missing from them. */
function notifications({ coverage, findings }: Report, projectPath: string): object[] {
  const hidden = findings.length - maxResults;
  return [
    ...coverage.filesFailed.map(({ reason, ...place }) => ({
      level: 'error',
      message: { text: messageText(`Not read in full: ${reason}`) },
      locations: [{ physicalLocation: physicalLocation(place, projectPath) }],
    })),
    ...(hidden > 0
      ? [{ level: 'warning', message: { text: `${count(hidden, 'finding')} left out: the file holds the worst.` } }]
      : []),
  ];
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
