import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { EffectDiff } from '@agent-readiness/protocol';
import { copyProject, type TestProject } from '@agent-readiness/testkit';
import { runDiff } from '../../../src/actions/diff.ts';
import { silent } from '../../../src/actions/progress.ts';
import { commit, edit, git, legacyProject } from './legacyProject.ts';

const source = 'force-app/main/default';
const orderCare = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'order-care');

let project: TestProject;
afterEach(() => {
  project.dispose();
});

function begin(copy: TestProject): string {
  project = copy;
  git(project.root, 'init', '--quiet', '--initial-branch=main');
  commit(project.root);
  return project.root;
}

async function diff(): Promise<EffectDiff> {
  return runDiff({ startDir: project.root, progress: silent }, { sourceDirs: [], allVersions: false, ref: 'HEAD' });
}

/** `widened act callout Courier_API: fields a > b`. */
function lines({ changes }: EffectDiff): string[] {
  return changes.map(({ kind, action, effect, attributes }) => {
    const differs = attributes.map(({ attribute, from, to }) => `: ${attribute} ${from} > ${to}`);
    return `${kind} ${action} ${effect.operation} ${effect.object}${differs.join('')}`;
  });
}

describe('a change that keeps operation and object', () => {
  it('is told: another host, another user, a choice given to the model, a bundle beside the script', async () => {
    const root = begin(copyProject(orderCare));
    const bundle = `${source}/aiAuthoringBundles/Order_Care/Order_Care.agent`;
    edit(root, `${source}/namedCredentials/Courier_API.namedCredential-meta.xml`, 'api.courier', 'collector');
    edit(root, bundle, 'default_agent_user: "order.care.agent@', 'default_agent_user: "admin@');
    const closing = (contact: string): string =>
      `close_account: @actions.close_account\n                with contactId=${contact}\n`;
    edit(root, bundle, closing('@variables.ContactId'), closing('...'));
    const graph = join(root, source, 'genAiPlannerBundles', 'Order_Care_v1', 'agentGraph', 'Order_Care_v1_graph.json');
    const compiled = Buffer.from(readFileSync(graph, 'utf8'), 'base64').toString('utf8');
    const changed = compiled.replaceAll('"Request_Refund"', '"Close_Account"');
    expect(changed).not.toBe(compiled);
    writeFileSync(graph, Buffer.from(changed).toString('base64'));
    const difference = await diff();
    expect(difference.runsAs).toEqual([
      { agent: 'Order_Care', from: 'order.care.agent@example.com', to: 'admin@example.com' },
    ]);
    expect([...new Set(lines(difference).map((line) => line.replace(/^(\w+ \w+)[^:]*/, '$1')))]).toEqual([
      'widened close_account: chosenBy linked > model',
      'widened book_return_pickup: fields api.courier.example > collector.example',
      'added request_refund',
    ]);
  });

  it('is told of a version that is not live, behind another one with a higher number', async () => {
    const root = begin(legacyProject());
    const versions = join(root, source, 'bots', 'Help_Desk');
    const decoy = readFileSync(join(versions, 'v1.botVersion-meta.xml'), 'utf8');
    writeFileSync(
      join(versions, 'v2.botVersion-meta.xml'),
      decoy.replaceAll('v1', 'v2').replace('>Help_Desk<', '>Help_Desk_Calm<'),
    );
    const planners = join(root, source, 'genAiPlanners');
    cpSync(join(planners, 'Help_Desk.genAiPlanner-meta.xml'), join(planners, 'Help_Desk_Calm.genAiPlanner-meta.xml'));
    edit(root, `${source}/genAiPlanners/Help_Desk_Calm.genAiPlanner-meta.xml`, 'Ticket_Management', 'Calm');
    writeFileSync(
      join(root, source, 'genAiPlugins', 'Calm.genAiPlugin-meta.xml'),
      readFileSync(join(root, source, 'genAiPlugins', 'Ticket_Management.genAiPlugin-meta.xml'), 'utf8').replaceAll(
        /<genAiFunctions>\s*<functionName>(?:Close|Delete)[^]*?<\/genAiFunctions>/g,
        '',
      ),
    );
    edit(
      root,
      `${source}/genAiFunctions/Close_Ticket/Close_Ticket.genAiFunction-meta.xml`,
      '<isConfirmationRequired>true',
      '<isConfirmationRequired>false',
    );
    const { changes, verdict } = await diff();
    expect(changes.flatMap(({ kind, action }) => (kind === 'removed' ? [] : [`${kind} ${action}`]))).toEqual([
      'widened Close_Ticket',
    ]);
    expect(verdict.status).toBe('refused');
  });

  it('is told of an action that runs more code that is not in the project', async () => {
    const closer = `${source}/classes/TicketCloser.cls`;
    const root = legacyProject();
    edit(root.root, closer, 'update as user', 'courier.Audit.log();\n        update as user');
    begin(root);
    edit(root.root, closer, 'update as user', 'courier.Purge.run();\n        update as user');
    expect(lines(await diff())).toEqual([
      'widened Close_Ticket unknown *: fields courier.Audit > courier.Audit, courier.Purge',
    ]);
  });
});
