import { spawn } from 'node:child_process';
import { readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cleanEnvironment, runNode, temporaryFolder, type TestProject } from '@agent-readiness/testkit';
import { checkResultSchema } from '../../src/mcp/checkTool.ts';
import { diffResultSchema } from '../../src/mcp/diffTool.ts';
import { explainResultSchema } from '../../src/mcp/explainTool.ts';
import { maxResultCharacters } from '../../src/mcp/fitLists.ts';
import { commit, edit, git, legacyProject } from '../actions/gate/legacyProject.ts';
import { command, connect, type Session } from './client.ts';
import { manyActions } from './manyActions.ts';

const closing = 'force-app/main/default/genAiFunctions/Close_Ticket/Close_Ticket.genAiFunction-meta.xml';

const projects: TestProject[] = [];

function use(project: TestProject): string {
  projects.push(project);
  return project.root;
}

afterAll(() => {
  for (const project of projects) project.dispose();
});

describe('on a small project', () => {
  let root: string;
  let session: Session;

  beforeAll(async () => {
    root = use(legacyProject());
    git(root, 'init', '--quiet', '--initial-branch=main');
    commit(root);
    edit(root, closing, '<isConfirmationRequired>true', '<isConfirmationRequired>false');
    session = await connect(root);
  }, 30_000);

  afterAll(async () => {
    await session.close();
    expect(session.strays).toEqual([]);
  });

  it('lists three tools that change nothing, each with the shape of its answer', async () => {
    const { tools } = await session.client.listTools();
    const readOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
    expect(
      tools.map(({ name, annotations, outputSchema, inputSchema }) => ({
        name,
        annotations,
        hasShape: outputSchema?.type === 'object',
        inputs: Object.keys(inputSchema.properties ?? {}),
        required: inputSchema.required ?? [],
      })),
    ).toEqual([
      {
        name: 'check',
        annotations: readOnly,
        hasShape: true,
        inputs: ['agents', 'sourceDirs', 'allVersions', 'minSeverity', 'locked', 'configRef'],
        required: [],
      },
      {
        name: 'explain',
        annotations: readOnly,
        hasShape: true,
        inputs: ['action', 'effect', 'sourceDirs', 'allVersions'],
        required: ['action'],
      },
      {
        name: 'diff',
        annotations: readOnly,
        hasShape: true,
        inputs: ['base', 'sourceDirs', 'allVersions', 'configRef'],
        required: [],
      },
    ]);
    expect(session.client.getServerVersion()).toMatchObject({ name: 'agent-readiness', version: '0.1.0' });
  }, 30_000);

  it('answers each tool with data and the same as text, and writes nothing', async () => {
    const before = everything(root);

    const check = await session.call('check', { minSeverity: 'critical' });
    const checked = checkResultSchema.parse(check.result);
    expect(JSON.parse(check.text)).toEqual(check.result);
    expect(checked.verdict.status).toBe('not-ready');
    expect(checked.verdict.findings.medium).toBeGreaterThan(0);
    expect(checked.findings.map(({ ruleId, action }) => `${ruleId} ${action ?? ''}`)).toEqual([
      'destructive-without-confirmation Delete_Ticket',
    ]);
    expect(checked.actions.map(({ agent, action }) => `${agent}.${action}`)).toEqual([
      'Help_Desk.Close_Ticket',
      'Help_Desk.Delete_Ticket',
      'Help_Desk.Get_Ticket_Status',
    ]);
    expect(checked.omitted).toEqual({});

    const explained = explainResultSchema.parse((await session.call('explain', { action: 'Close_Ticket' })).result);
    expect(explained.effects.map(({ operation, object }) => `${operation} ${object}`)).toEqual(['update Case']);
    const [effect] = explained.effects;
    const lines = effect?.path.flatMap(({ source }) => source.map(({ text }) => text));
    expect(lines).toContainEqual(expect.stringContaining('update'));

    const compared = diffResultSchema.parse((await session.call('diff', { base: 'main' })).result);
    expect(compared.verdict).toEqual({ status: 'refused', failOn: ['added', 'widened'] });
    expect(compared.changes.map(({ kind, action, attributes }) => ({ kind, action, attributes }))).toEqual([
      {
        kind: 'widened',
        action: 'Close_Ticket',
        attributes: [{ attribute: 'gate', from: 'confirmed', to: 'none', wider: true }],
      },
    ]);

    expect(everything(root)).toEqual(before);
  }, 60_000);

  it.each([
    ['an unknown parameter', 'check', { agent: 'Help_Desk' }, /Unrecognized key: "agent"/],
    ['a wrong type', 'check', { agents: 'Help_Desk' }, /expected array/],
    ['a missing parameter', 'explain', {}, /action/],
    ['an unknown tool', 'deploy', {}, /Tool deploy not found/],
    ['an unknown agent', 'check', { agents: ['Help_Dask'] }, /Did you mean one of: Help_Desk\?/],
    ['an unknown action', 'explain', { action: 'Close_Tickt' }, /Did you mean one of: Close_Ticket, /],
    [
      'an unknown effect',
      'explain',
      { action: 'Close_Ticket', effect: 'destroy:Case' },
      /No operation named "destroy"/,
    ],
    ['an unknown commit', 'diff', { base: 'release' }, /there is no commit "release"/],
    ['an option of git as a commit', 'diff', { base: '--output=x' }, /there is no commit "--output=x"/],
    ['an unknown commit of the policy', 'check', { configRef: 'release' }, /there is no commit "release"/],
  ])(
    'says what is wrong with %s, and goes on',
    async (_, tool, args, message) => {
      const { isError, text, result } = await session.call(tool, args);
      expect({ isError, result }).toEqual({ isError: true, result: undefined });
      expect(text).toMatch(message);
      expect(text).not.toMatch(/\n {4}at /);
      expect((await session.call('explain', { action: 'Close_Ticket' })).isError).toBe(false);
    },
    30_000,
  );

  it('looks at nothing outside the project', async () => {
    const outside = use(legacyProject());
    const refused = async (tool: string, args: Readonly<Record<string, unknown>>): Promise<string> => {
      const { isError, text } = await session.call(tool, args);
      expect({ tool, args, isError }).toEqual({ tool, args, isError: true });
      return text;
    };
    for (const dir of ['..', outside, 'force-app/../..', '/']) {
      expect(await refused('check', { sourceDirs: [dir] })).toMatch(/lies outside the project/);
      expect(await refused('explain', { action: 'Close_Ticket', sourceDirs: [dir] })).toMatch(
        /lies outside the project/,
      );
      expect(await refused('diff', { sourceDirs: [dir] })).toMatch(/lies outside the project/);
    }
    for (const base of ['..', outside, '/etc/passwd', '/no/such/file', '../sibling']) {
      expect(await refused('diff', { base })).toMatch(/leads out of the project/);
    }
    symlinkSync(outside, join(root, 'link'));
    try {
      expect(await refused('diff', { base: 'link' })).toMatch(/leads out of the project/);
      expect(await refused('diff', { base: 'link/force-app' })).toMatch(/leads out of the project/);
      // The folder is listed as one that could not be read, and has no agents.
      expect(await refused('check', { sourceDirs: ['link'] })).toMatch(/No agents in link/);
    } finally {
      rmSync(join(root, 'link'));
    }
    for (const [file, tool] of [
      ['readiness.config.yaml', 'check'],
      ['readiness.config.yaml', 'diff'],
      ['authority.lock.json', 'check'],
      ['authority.lock.json', 'diff'],
    ] as const) {
      writeFileSync(join(outside, 'secret'), 'secret: value');
      symlinkSync(join(outside, 'secret'), join(root, file));
      try {
        const text = await refused(tool, {});
        expect(text).toBe(`"${file}" leads out of the project.\nName a file or folder inside the project.`);
      } finally {
        rmSync(join(root, file));
      }
    }
  }, 60_000);

  it('serves the project around the folder that is named', async () => {
    const other = await connect(use(temporaryFolder()), '--project-dir', join(root, 'force-app'));
    try {
      expect(checkResultSchema.parse((await other.call('check')).result).actions).toHaveLength(3);
      expect((await other.call('check', { sourceDirs: ['..'] })).text).toMatch(/lies outside the project/);
    } finally {
      await other.close();
    }
  }, 30_000);
});

describe('on a big project', () => {
  const amount = 200;
  let root: string;

  let session: Session;

  beforeAll(async () => {
    root = use(manyActions(amount));
    session = await connect(root);
  }, 30_000);

  afterAll(async () => {
    await session.close();
    expect(session.strays).toEqual([]);
  });

  it('cuts the answer and says by how much', async () => {
    const { text, result } = await session.call('check');
    const { findings, actions, omitted, verdict } = checkResultSchema.parse(result);
    expect(text.length).toBeLessThanOrEqual(maxResultCharacters);
    expect(text.length).toBeGreaterThan(maxResultCharacters * 0.9);
    const total = Object.values(verdict.findings).reduce((sum, each) => sum + each, 0);
    expect(findings.length + (omitted['findings'] ?? 0)).toBe(total);
    expect(actions.length + (omitted['actions'] ?? 0)).toBe(amount);
  }, 60_000);

  it('tells how far it is to who asks for it', async () => {
    const seen: { progress: number; total?: number | undefined; message?: string | undefined }[] = [];
    const call = { name: 'check', arguments: {} };
    await session.client.callTool(call, undefined, { onprogress: (progress) => seen.push(progress) });
    expect(seen).toHaveLength(amount);
    expect(seen[0]).toMatchObject({ progress: 1, total: amount, message: 'Many Delete0000' });
    expect(seen.at(-1)).toMatchObject({ progress: amount, total: amount, message: 'Many Delete0199' });
  }, 60_000);

  it('says nothing on the way to who does not', async () => {
    const before = session.received.length;
    await session.call('check');
    expect(session.received).toHaveLength(before + 1);
  }, 60_000);

  it('ends the work that the client cancels, and goes on', async () => {
    const { client, received, call } = session;
    const before = received.length;
    const cancel = new AbortController();
    const cancelled = client.callTool({ name: 'check', arguments: {} }, undefined, {
      signal: cancel.signal,
      onprogress: () => {
        cancel.abort();
      },
    });
    await expect(cancelled).rejects.toThrow('AbortError');
    // The answer to this one stands behind everything that the first one still had to say.
    expect((await call('explain', { action: 'Delete0000' })).isError).toBe(false);
    const after = received.length;
    expect(after - before).toBeLessThan(amount / 2);
    await call('explain', { action: 'Delete0001' });
    expect(received).toHaveLength(after + 1);
  }, 60_000);

  it('ends when its input ends, also in the middle of work', async () => {
    const child = spawn(process.execPath, [command, 'readiness', 'mcp'], { cwd: root, env: cleanEnvironment() });
    const ended = new Promise((resolve) =>
      child.once('close', (code, signal) => {
        resolve({ code, signal });
      }),
    );
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const request = (id: number, method: string, params: object): string =>
      `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
    const clientInfo = { name: 'test', version: '1' };
    child.stdin.write(
      request(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo }) +
        request(2, 'tools/call', { name: 'check', arguments: {}, _meta: { progressToken: 1 } }),
    );
    await new Promise<void>((resolve) => {
      child.stdout.on('data', () => {
        if (output.includes('notifications/progress')) resolve();
      });
    });
    child.stdin.end();
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(errors).toBe('');
    // Nothing but messages of the protocol, and no answer to the call that was cut short.
    const messages = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { jsonrpc: string; id?: number });
    expect(messages.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
    expect(messages.filter(({ id }) => id !== undefined).map(({ id }) => id)).toEqual([1]);
  }, 60_000);
});

it('ends with 31 where there is no project, and says so on standard error only', async () => {
  const cwd = use(temporaryFolder());
  const { exitCode, stdout, stderr } = await runNode(command, ['readiness', 'mcp'], { cwd, env: cleanEnvironment() });
  expect({ exitCode, stdout }).toEqual({ exitCode: 31, stdout: '' });
  expect(stderr).toContain('No sfdx-project.json in ');
}, 30_000);

it('ends with 0 when nobody ever speaks', async () => {
  const cwd = use(legacyProject());
  const result = await runNode(command, ['readiness', 'mcp'], { cwd, env: cleanEnvironment() });
  expect(result).toEqual({ exitCode: 0, stdout: '', stderr: '' });
}, 30_000);

function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}
