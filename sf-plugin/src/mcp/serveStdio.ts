import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

/** Answers on these streams until the client closes one of them. Work that is under way then is cancelled. */
export async function serveStdio(server: McpServer, input: Readable, output: Writable): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  // The transport itself does not listen for the end of its streams.
  const close = (): void => void server.close();
  input.once('end', close).once('close', close);
  output.once('error', close);
  await server.connect(new StdioServerTransport(input, output));
  await closed;
}
