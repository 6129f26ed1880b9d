import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { cleanEnvironment } from '@agent-readiness/testkit';

export const command = join(import.meta.dirname, '..', '..', 'bin', 'run.js');

export interface Answer {
  readonly isError: boolean;
  readonly text: string;
  /** Absent for an error. */
  readonly result: Readonly<Record<string, unknown>> | undefined;
}

export interface Session {
  readonly client: Client;
  /** Everything that the server sent, as it came in. */
  readonly received: readonly JSONRPCMessage[];
  /** What came in on standard output that is no message of the protocol, and on standard error. */
  readonly strays: readonly string[];
  readonly call: (tool: string, args?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

/** The SDK's own client, on a server in a process of its own. */
export async function connect(cwd: string, ...flags: string[]): Promise<Session> {
  const env = Object.fromEntries(
    Object.entries(cleanEnvironment()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [command, 'readiness', 'mcp', ...flags],
    cwd,
    env,
    stderr: 'pipe',
  });
  const strays: string[] = [];
  transport.stderr?.on('data', (text: Buffer) => strays.push(text.toString()));
  const client = new Client({ name: 'test', version: '1' });
  client.onerror = (error) => {
    // What was on its way when the client cancelled.
    if (!error.message.startsWith('Received a progress notification for an unknown token')) strays.push(error.message);
  };
  await client.connect(transport);
  const received: JSONRPCMessage[] = [];
  const { onmessage } = transport;
  transport.onmessage = (message) => {
    received.push(message);
    onmessage?.(message);
  };
  return {
    client,
    received,
    strays,
    async call(name, args = {}) {
      const { isError = false, structuredContent, content } = await client.callTool({ name, arguments: args });
      const [first] = content as [{ text: string }];
      return {
        isError: isError === true,
        text: first.text,
        result: structuredContent as Answer['result'],
      };
    },
    close: () => client.close(),
  };
}
