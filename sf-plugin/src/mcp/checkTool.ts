import {
  appliedLockSchema,
  appliedPolicySchema,
  atLeast,
  failedFileSchema,
  findingSchema,
  opaqueTargetSchema,
  placeSchema,
  reportSchema,
  severitySchema,
  type ActionReport,
  type Effect,
  type Finding,
  type Report,
} from '@agent-readiness/protocol';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { runGate } from '../actions/gate.ts';
import { lockFile } from '../actions/lockFile.ts';
import { policyFile } from '../policy/config/schema.ts';
import { effectsByDanger } from '../report/answer.ts';
import { printable } from '../report/printable.ts';
import { effectWords, extentWords, gateWords, identityWords, reversibilityWords } from '../report/words.ts';
import { fitLists } from './fitLists.ts';
import { allVersionsInput, configRefInput, sourceDirsInput } from './inputs.ts';
import { omittedSchema } from './omitted.ts';
import { requireInside } from '../actions/requireInside.ts';
import { answer, progressTo, readOnly, type ToolContext } from './tool.ts';

const inputSchema = z.strictObject({
  agents: z.array(z.string()).default([]).describe('Names of agents to check; all if empty.'),
  sourceDirs: sourceDirsInput,
  allVersions: allVersionsInput,
  minSeverity: severitySchema.default('low').describe('Leave out findings that are less severe.'),
  locked: z.boolean().default(false).describe(`Report what the agents can do beyond the reviewed ${lockFile}.`),
  configRef: configRefInput,
});

const actionSummarySchema = z.strictObject({
  agent: z.string(),
  topic: z.string(),
  action: z.string(),
  place: placeSchema,
  /** False where nothing offers the action to the model. */
  reachable: z.boolean(),
  /** What it can do, worst first, in words; `explain` has the proof. */
  effects: z.array(z.string()),
});

export const checkResultSchema = z.strictObject({
  verdict: reportSchema.shape.verdict,
  policy: appliedPolicySchema.optional(),
  lock: appliedLockSchema.optional(),
  filesParsed: z.int().min(0),
  filesFailed: z.array(failedFileSchema),
  /** Most severe first; those with `waivedBy` do not count. `hops` from the agent lead to `place`. */
  findings: z.array(findingSchema.omit({ path: true }).extend({ hops: z.int().min(0) })),
  actions: z.array(actionSummarySchema),
  opaqueTargets: z.array(opaqueTargetSchema),
  omitted: omittedSchema,
});

export function registerCheck(server: McpServer, { root, today }: ToolContext): void {
  server.registerTool(
    'check',
    {
      title: 'Check agents',
      description:
        'What every action of every Agentforce agent in this project can change, and whether the agents may run unattended: the verdict, the findings with their fix, and the effects of each action. Use it after a change to agents, flows, Apex, triggers or prompt templates.',
      inputSchema,
      outputSchema: checkResultSchema,
      annotations: readOnly,
    },
    ({ minSeverity, configRef, ...options }, extra) =>
      answer(async () => {
        for (const file of [policyFile, lockFile]) requireInside(root, file);
        const { report } = await runGate(
          { startDir: root, progress: progressTo(extra), today: today() },
          { ...options, ...(configRef !== undefined && { configRef }), writeManifest: false, writeBaseline: false },
        );
        const findings = report.findings.filter(({ severity }) => atLeast(severity, minSeverity));
        return checkResult({ ...report, findings });
      }),
  );
}

function checkResult(untrusted: Report): z.infer<typeof checkResultSchema> {
  const { verdict, policy, lock, coverage, findings, agents } = printable(untrusted);
  const result = {
    verdict,
    ...(policy && { policy }),
    ...(lock && { lock }),
    filesParsed: coverage.filesParsed,
    filesFailed: coverage.filesFailed,
    findings: findings.map(findingSummary),
    actions: agents.flatMap(({ name, actions }) => actions.map((action) => actionSummary(name, action))),
    opaqueTargets: coverage.opaqueTargets,
  };
  return fitLists(result, ['filesFailed', 'findings', 'actions', 'opaqueTargets']);
}

/** What proves a finding is long, and `explain` has it. */
function findingSummary({ path, ...finding }: Finding): z.infer<typeof checkResultSchema>['findings'][number] {
  return { ...finding, hops: path.length };
}

function actionSummary(
  agent: string,
  { name, topic, place, reachable, effects }: ActionReport,
): z.infer<typeof actionSummarySchema> {
  return { agent, topic, action: name, place, reachable, effects: effectsByDanger(effects).map(effectSummary) };
}

function effectSummary(effect: Effect): string {
  const { identity, gate, reversibility } = effect;
  return [
    effectWords(effect),
    extentWords(effect),
    identityWords[identity],
    gateWords[gate],
    reversibilityWords[reversibility],
  ].join(' · ');
}
