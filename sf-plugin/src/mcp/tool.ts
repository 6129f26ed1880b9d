import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
import type { ProgressSink } from '../actions/check.ts';
import { commandError } from '../actions/commandError.ts';
import { printableText } from '../report/printable.ts';

/** The project that the tools may look at, and nothing else. */
export interface ToolContext {
  /** Absolute path of the folder that holds `sfdx-project.json`. */
  readonly root: string;
  /** The day in UTC, as `2026-11-30`: waivers end by it. */
  readonly today: () => string;
}

export type ToolExtra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** True of every tool: it reads the project and asks nobody. */
export const readOnly: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** The result of a tool as data and as text, or what was wrong and what to do about it. */
export async function answer(work: () => Promise<Readonly<Record<string, unknown>>>): Promise<CallToolResult> {
  try {
    const result = await work();
    return { structuredContent: { ...result }, content: [{ type: 'text', text: JSON.stringify(result) }] };
  } catch (error) {
    const { message, actions = [] } = commandError(error);
    return { isError: true, content: [{ type: 'text', text: [message, ...actions].join('\n') }] };
  }
}

/** Tells the client, if it asked for it, which action is looked at, and ends the work when the client cancels it. */
export function progressTo({ signal, _meta, sendNotification }: ToolExtra): ProgressSink {
  const progressToken = _meta?.progressToken;
  let progress = 0;
  let total = 0;
  return {
    start(added) {
      total += added;
    },
    update(label) {
      signal.throwIfAborted();
      progress += 1;
      if (progressToken === undefined) return;
      const params = { progressToken, progress, total, message: printableText(label) };
      // Nobody waits for it any more where the client is gone.
      sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
    },
    stop: () => undefined,
  };
}
