import { failedFileSchema, opaqueTargetSchema } from '@agent-readiness/protocol';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { runExplain } from '../actions/explain.ts';
import { explanationSchema, type Explanation } from '../report/explain/explanation.ts';
import { printable } from '../report/printable.ts';
import { fitLists } from './fitLists.ts';
import { allVersionsInput, sourceDirsInput } from './inputs.ts';
import { omittedSchema } from './omitted.ts';
import { answer, readOnly, type ToolContext } from './tool.ts';

const inputSchema = z.strictObject({
  action: z.string().describe('<agent>.<action>, <agent>.<topic>.<action>, or <action> if only one agent has it.'),
  effect: z
    .string()
    .optional()
    .describe('<operation>:<object>, for instance "delete:Contact"; either part can be "*" or left out.'),
  sourceDirs: sourceDirsInput,
  allVersions: allVersionsInput,
});

const { agent, action, effects, otherEffects } = explanationSchema.shape;

export const explainResultSchema = z.strictObject({
  agent,
  action: action.omit({ pruned: true, calls: true }),
  calls: action.shape.calls,
  /** Worst first, each with its path and the source lines of every hop. */
  effects,
  otherEffects,
  /** Branches that were ruled out. */
  pruned: action.shape.pruned,
  filesFailed: z.array(failedFileSchema),
  opaqueTargets: z.array(opaqueTargetSchema),
  omitted: omittedSchema,
});

export function registerExplain(server: McpServer, { root }: ToolContext): void {
  server.registerTool(
    'explain',
    {
      title: 'Explain an action',
      description:
        'Why one action of an agent can change what it can: the path to each effect, hop by hop, with the source lines that prove it. Name an effect to see only that one.',
      inputSchema,
      outputSchema: explainResultSchema,
      annotations: readOnly,
    },
    ({ effect, ...options }) =>
      answer(async () =>
        explainResult(await runExplain(root, { ...options, ...(effect !== undefined && { effect }) })),
      ),
  );
}

function explainResult(untrusted: Explanation): z.infer<typeof explainResultSchema> {
  const explanation = printable(untrusted);
  const { pruned, calls, ...facts } = explanation.action;
  const { filesFailed, opaqueTargets } = explanation.coverage;
  const result = {
    agent: explanation.agent,
    action: facts,
    calls,
    effects: explanation.effects,
    otherEffects: explanation.otherEffects,
    pruned,
    filesFailed,
    opaqueTargets,
  };
  return fitLists(result, ['filesFailed', 'effects', 'calls', 'opaqueTargets', 'pruned']);
}
