import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
// Of Microsoft's matchers for jest only the schema: a matcher would look for schemas on the network.
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import AjvDraft04 from 'ajv-draft-04';
import ajvFormats from 'ajv-formats';
import type { FormatContext } from '../../../src/report/reportFormat.ts';
import { toSarif } from '../../../src/report/sarif/sarif.ts';
import { context } from '../formatContext.ts';
import { effect, finding, fullReport, report } from '../sampleReport.ts';

const validate = ajvFormats.default(new AjvDraft04.default({ strict: false, unicodeRegExp: false })).compile(schema);

function schemaErrors(log: unknown): unknown[] {
  return validate(log) ? [] : (validate.errors ?? []);
}

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
                    markdown: '## What it reports\n\nA delete.',
                  },
                  defaultConfiguration: { level: 'error' },
                  properties: { tags: ['safety', 'security'], precision: 'high', 'security-severity': '9.5' },
                },
                {
                  id: 'untested-write',
                  name: 'UntestedWrite',
                  shortDescription: { text: 'Untested write' },
                  fullDescription: { text: 'No test expects the action.' },
                  help: { text: 'No test expects the action.', markdown: 'No test expects the action.' },
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

  it('leaves out paths before findings when the file is full, and says so', () => {
    const path = Array.from({ length: 500 }, () => effect().path.slice(0, 1)).flat();
    const text = toSarif(report({ findings: Array.from({ length: 1_000 }, () => finding({ path })) }), context);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    const [run] = (JSON.parse(text) as Log).runs;
    const withPath = run.results.findIndex(({ codeFlows }) => !codeFlows);
    expect(withPath).toBeGreaterThan(100);
    expect(run.results).toHaveLength(1_000);
    expect(run.results.slice(withPath).filter(({ codeFlows }) => codeFlows)).toEqual([]);
    expect(run.invocations[0]?.toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: `${1_000 - withPath} findings without the path: the file is full.` } },
    ]);
  });

  it('says what is waived, by whom, and what was there before', () => {
    const waivedBy = {
      reason: 'Reviewed by hand.',
      owner: 'care-team',
      approver: 'security',
      expires: '2027-01-31',
      place: { file: 'readiness.config.yaml', line: 7, column: 3 },
    };
    const { results } = sarif(report({ findings: [finding({ waivedBy }), finding({ baseline: 'unchanged' })] }));
    expect(results[0]).toMatchObject({
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'Reviewed by hand. (until 2027-01-31; owner care-team, approved by security)',
          location: { physicalLocation: location('readiness.config.yaml', 7, 3) },
        },
      ],
    });
    expect(results[1]).toMatchObject({ baselineState: 'unchanged' });
  });

  it('is valid by the published schema', () => {
    const waivedBy = {
      reason: 'r',
      owner: 'o',
      approver: 'a',
      expires: '2027-01-31',
      place: { file: 'readiness.config.yaml', line: 1, column: 1 },
    };
    const findings = [...fullReport().findings, finding({ waivedBy }), finding({ baseline: 'new', path: [] })];
    const text = toSarif({ ...fullReport(), findings }, { ...context, projectPath: 'sf dx/' });
    expect(schemaErrors(JSON.parse(text))).toEqual([]);
    expect(schemaErrors({ version: '2.1.0', runs: [{}] })).not.toEqual([]);
  });

  it('lets no name in the metadata make a link or move the cursor', () => {
    const run = sarif(
      report({ findings: [finding({ message: '[see](https://example.com)\u001b[2J', fix: 'Fix it.' })] }),
    );
    expect(run.results[0]?.message.text).toBe('[see] (https://example.com)\\u{1b}[2J Fix: Fix it.');
  });
});
