import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { claimHandoff } from '../../app/claim/claimHandoff.ts';
import { ErasedError } from '../../app/content.ts';
import type { Bridge } from '../../app/bridge.ts';
import { answers, paths } from '../contract/schemas.ts';

const description =
  'Gets what became of a task that was handed over, by its handoff id. Changes nothing. Ask again while the ' +
  'status is pending. When the status is approval_required a person has to decide first.';

/**
 * What MCP for Agentforce may use: one tool, which takes nothing but the id of a handoff. On this route nobody
 * says who the user is, so nothing can be begun, decided or changed here.
 *
 * @param org whose handoffs can be asked for: the one that the token was given to
 */
export function createMcpServer(bridge: Bridge, org: string): McpServer {
  const server = new McpServer({ name: 'agent-readiness-bridge', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.registerTool(
    'get_handoff',
    {
      title: 'Get handoff',
      description,
      inputSchema: { handoff_id: paths.handoffId.shape.handoffId },
      outputSchema: answers.Claim.shape,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    ({ handoff_id }) => claim(bridge, org, handoff_id),
  );
  return server;
}

async function claim(bridge: Bridge, org: string, txn: string): Promise<CallToolResult> {
  try {
    const claimed = await claimHandoff(bridge, { org, txn });
    if (!claimed.ok) return refused(claimed.why);
    return { content: [{ type: 'text', text: JSON.stringify(claimed.view) }], structuredContent: { ...claimed.view } };
  } catch (error) {
    if (error instanceof ErasedError) return refused('erased');
    bridge.watch.failed('mcp', error);
    return refused('internal');
  }
}

/** A code, and nothing of what was asked. */
function refused(code: string): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify({ code }) }], isError: true };
}
