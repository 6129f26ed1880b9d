import { effectDiffSchema, type ChangeKind, type EffectChange, type EffectDiff } from '@agent-readiness/protocol';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { runDiff } from '../actions/diff.ts';
import { lockFile } from '../actions/lockFile.ts';
import { requireInside } from '../actions/requireInside.ts';
import { policyFile } from '../policy/config/schema.ts';
import { printable } from '../report/printable.ts';
import { fitLists } from './fitLists.ts';
import { allVersionsInput, configRefInput, sourceDirsInput } from './inputs.ts';
import { omittedSchema } from './omitted.ts';
import { answer, progressTo, readOnly, type ToolContext } from './tool.ts';

const inputSchema = z.strictObject({
  base: z
    .string()
    .optional()
    .describe(
      `Commit, manifest or folder of the project to compare with; ${lockFile} or, without it, the last commit if not given.`,
    ),
  sourceDirs: sourceDirsInput,
  allVersions: allVersionsInput,
  configRef: configRefInput,
});

const { base, head, verdict, runsAs, changes, actions } = effectDiffSchema.shape;

export const diffResultSchema = z.strictObject({
  base,
  head,
  verdict,
  runsAs,
  /** What is more before what is less; of each that is more, the path to the line that does it. */
  changes,
  addedActions: actions.shape.added,
  removedActions: actions.shape.removed,
  omitted: omittedSchema,
});

export function registerDiff(server: McpServer, { root }: ToolContext): void {
  server.registerTool(
    'diff',
    {
      title: 'Compare authority',
      description:
        'What the agents can do now that they could not do before, and the other way round: effects that were added, widened, narrowed or removed, and whether the policy of the project accepts that. Use it before proposing a change.',
      inputSchema,
      outputSchema: diffResultSchema,
      annotations: readOnly,
    },
    ({ base: baseName, configRef, ...options }, extra) =>
      answer(async () => {
        for (const path of [policyFile, baseName ?? lockFile]) requireInside(root, path);
        const diff = await runDiff(
          { startDir: root, progress: progressTo(extra) },
          {
            ...options,
            ...(baseName !== undefined && { base: baseName }),
            ...(configRef !== undefined && { configRef }),
          },
        );
        return diffResult(diff);
      }),
  );
}

function diffResult(untrusted: EffectDiff): z.infer<typeof diffResultSchema> {
  const diff = printable(untrusted);
  const result = {
    base: diff.base,
    head: diff.head,
    verdict: diff.verdict,
    runsAs: diff.runsAs,
    changes: worstFirst(diff),
    addedActions: diff.actions.added,
    removedActions: diff.actions.removed,
  };
  return fitLists(result, ['runsAs', 'changes', 'addedActions', 'removedActions']);
}

const order: readonly ChangeKind[] = ['added', 'widened', 'narrowed', 'removed'];

function worstFirst({ changes: all }: EffectDiff): EffectChange[] {
  return order.flatMap((kind) => all.filter((change) => change.kind === kind));
}
