import { describe, expect, it } from '@jest/globals';
import type { FormatContext } from '../../../src/report/reportFormat.ts';
import { toSarif } from '../../../src/report/sarif/sarif.ts';
import { context } from '../formatContext.ts';
import { effect, finding, fullReport, report } from '../sampleReport.ts';

interface Log {
  readonly runs: readonly [
    {
      readonly automationDetails: unknown;
      readonly invocations: readonly { readonly toolExecutionNotifications: readonly unknown[] }[];
      readonly results: readonly {
        readonly message: { readonly text: string };
        readonly locations: readonly { readonly physicalLocation: unknown }[];
        readonly codeFlows?: readonly { threadFlows: readonly { locations: readonly unknown[] }[] }[];
      }[];
    },
  ];
}

function sarif(sample = report(), changes: Partial<FormatContext> = {}): Log['runs'][0] {
  return (JSON.parse(toSarif(sample, { ...context, ...changes })) as Log).runs[0];
}

const agentFile = 'force-app/main/default/aiAuthoringBundles/Order_Care/Order_Care.agent';
const flowFile = 'force-app/main/default/flows/Purge_Stale_Cases.flow-meta.xml';

function location(uri: string, startLine: number, startColumn: number): object {
  return { artifactLocation: { uri }, region: { startLine, startColumn } };
}

describe('SARIF', () => {
  it('gives a finding with its path, its fingerprint and its rule', () => {
    expect(JSON.parse(toSarif(report(), context))).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'agent-readiness',
              semanticVersion: '1.2.3',
              rules: [
                {
                  id: 'destructive-without-confirmation',
                  name: 'DestructiveWithoutConfirmation',
                  shortDescription: { text: 'Destructive without confirmation' },
                  fullDescription: { text: 'An action can delete, merge or convert records.' },
                  help: {
                    text: 'An action can delete, merge or convert records.\n\nHow to fix: Set isConfirmationRequired on the action, or guard it with a variable that only a verified step can set.',
                  },
                  defaultConfiguration: { level: 'error' },
                  properties: { tags: ['safety', 'security'], precision: 'high', 'security-severity': '9.5' },
                },
                {
                  id: 'untested-write',
                  name: 'UntestedWrite',
                  shortDescription: { text: 'Untested write' },
                  fullDescription: { text: 'No test expects the action.' },
                  help: { text: 'No test expects the action.' },
                  defaultConfiguration: { level: 'note' },
                  properties: { tags: ['evaluation'], precision: 'high', 'problem.severity': 'recommendation' },
                },
              ],
            },
          },
          automationDetails: { id: 'agent-readiness/' },
          columnKind: 'utf16CodeUnits',
          invocations: [{ executionSuccessful: true, toolExecutionNotifications: [] }],
          results: [
            {
              ruleId: 'destructive-without-confirmation',
              ruleIndex: 0,
              level: 'error',
              message: {
                text: 'purge_stale_cases can delete Case (direct) and nothing stands in front of it. Fix: Set isConfirmationRequired on the action, or guard it with a variable that only a verified step can set.',
              },
              locations: [
                {
                  physicalLocation: location(flowFile, 41, 5),
                  logicalLocations: [{ name: 'purge_stale_cases', fullyQualifiedName: 'Order_Care/purge_stale_cases' }],
                },
              ],
              partialFingerprints: { primaryLocationLineHash: '0123456789abcdef' },
              codeFlows: [
                {
                  threadFlows: [
                    {
                      locations: [
                        {
                          location: {
                            physicalLocation: location(agentFile, 12, 1),
                            message: { text: 'agent Order_Care' },
                          },
                        },
                        { location: { physicalLocation: location(agentFile, 88, 9), message: { text: 'action' } } },
                        {
                          location: {
                            physicalLocation: location(flowFile, 41, 5),
                            message: { text: 'Delete Records "Purge"' },
                          },
                        },
                      ],
                    },
                  ],
                },
              ],
              properties: { severity: 'critical', effect: 'delete:Case' },
            },
          ],
        },
      ],
    });
  });

  it('names files from the root of the repository, as URIs', () => {
    const place = { file: 'force-app/über uns/100%.flow-meta.xml', line: 1, column: 2 };
    const run = sarif(report({ findings: [finding({ place, path: [] })] }), { projectPath: 'sf dx/' });
    expect(run.results[0]?.locations[0]?.physicalLocation).toEqual(
      location('sf%20dx/force-app/%C3%BCber%20uns/100%25.flow-meta.xml', 1, 2),
    );
    expect(run.results[0]).not.toHaveProperty('codeFlows');
    expect(run.automationDetails).toEqual({ id: 'agent-readiness/sf dx/' });
  });

  it('says which files it could not read', () => {
    expect(sarif(fullReport()).invocations).toEqual([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: 'error',
            message: { text: 'Not read in full: syntax error near "}"' },
            locations: [{ physicalLocation: location('force-app/main/default/classes/LegacyHelper.cls', 310, 14) }],
          },
        ],
      },
    ]);
  });

  it('stays within what code scanning accepts, and says what it left out', () => {
    const long = finding({ path: Array.from({ length: 10_001 }, () => effect().path.slice(0, 1)).flat() });
    const run = sarif(report({ findings: [long, ...Array.from({ length: 25_000 }, () => finding({ path: [] }))] }));
    expect(run.results).toHaveLength(25_000);
    expect(run.results[0]?.codeFlows?.[0]?.threadFlows[0]?.locations).toHaveLength(10_000);
    expect(run.invocations[0]?.toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: '1 finding left out: the file holds the worst.' } },
    ]);
  });

  it('lets no name in the metadata make a link or move the cursor', () => {
    const run = sarif(
      report({ findings: [finding({ message: '[see](https://example.com)\u001b[2J', fix: 'Fix it.' })] }),
    );
    expect(run.results[0]?.message.text).toBe('[see] (https://example.com)\\u{1b}[2J Fix: Fix it.');
  });
});
