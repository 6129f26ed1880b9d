import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { effectDiffSchema, reportSchema, type EffectDiff, type Report } from '@agent-readiness/protocol';
import { runDiff } from '../../../src/actions/diff.ts';
import { runGate, type GateOptions } from '../../../src/actions/gate.ts';
import { silent } from '../../../src/actions/progress.ts';
import { diffText } from '../../../src/report/diff/diffText.ts';
import { reformatXml } from '../../corpus/reformatXml.ts';
import { plainStyle } from '../../report/plainStyle.ts';
import { sampleRepository, type Repository } from './repository.ts';

const source = 'force-app/main/default';
const classes = `${source}/classes/orderCare`;
const script = `${source}/aiAuthoringBundles/Order_Care/Order_Care.agent`;

let repository: Repository;
/** What the gate said of the state before. */
let before: Report;

beforeAll(async () => {
  repository = sampleRepository();
  // The class that is flipped later begins in user mode.
  repository.edit(`${classes}/CaseCleanup.cls`, 'delete oldCases;', 'delete as user oldCases;');
  repository.commit('the sample agent');
  before = await check();
});

afterAll(() => {
  repository.dispose();
});

async function check(options: Partial<GateOptions> = {}, today = '2026-06-01'): Promise<Report> {
  const { report } = await runGate(
    { startDir: repository.root, progress: silent, today },
    {
      sourceDirs: [],
      agents: [],
      allVersions: false,
      locked: false,
      writeManifest: false,
      writeBaseline: false,
      ...options,
    },
  );
  return reportSchema.parse(report);
}

/** One line for each finding, with what excuses it. */
function lines({ findings }: Report): string[] {
  return findings
    .filter(({ agent }) => agent === 'Order_Care')
    .map(({ ruleId, action = '', effect = '', waivedBy }) =>
      `${ruleId} ${action} ${effect}${waivedBy ? ` until ${waivedBy.expires}` : ''}`.replaceAll(/ +/g, ' ').trim(),
    );
}

/** What is found now and was not, with `+`, and what was found and is not now, with `-`. */
async function found(today?: string): Promise<string[]> {
  const now = await check({}, today);
  const [old, fresh] = [lines(before), lines(now)];
  before = now;
  return [
    ...fresh.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
    ...old.filter((line) => !fresh.includes(line)).map((line) => `- ${line}`),
  ].sort();
}

async function diff(base = 'HEAD~1'): Promise<EffectDiff> {
  const difference = await runDiff(
    { startDir: repository.root, progress: silent },
    { sourceDirs: [], allVersions: false, base },
  );
  return effectDiffSchema.parse(difference);
}

/** What people read, without the name of the commit and the lines of the script, which grows. */
async function told(): Promise<string[]> {
  const text = diffText(await diff(), { ...plainStyle, width: 110 });
  return text
    .replace(/HEAD~1 \([0-9a-f]{10}\)/, 'HEAD~1')
    .replaceAll(
      /(Order_Care\.agent|^ {6}(?:start_agent|subagent|offers|transition|flow courier__\S+) .* {2}):\d+$/gm,
      '$1',
    )
    .split('\n')
    .map((line) => line.trimEnd())
    .slice(0, -1);
}

/** The steps from the agent to an action, in the script. */
function offered(subagent: string, action: string): string[] {
  return [
    `      agent Order_Care  ${script}`,
    '      start_agent router',
    `      offers go_to_${subagent}`,
    `      transition to ${subagent}`,
    `      subagent ${subagent}`,
    `      offers ${action}`,
  ];
}

const refused = ['', 'Take it away, or have it approved (the policy refuses added or widened).'];
const nothing = ['ok NO NEW AUTHORITY  compared with HEAD~1: no effect differs.'];

describe('a history of ten commits', () => {
  it('1: adds a delete three calls below the agent', async () => {
    repository.edit(
      `${classes}/OrderStatus.cls`,
      'List<Response> responses = new List<Response>();',
      'new OrderService().tidy(contactIds);\n        List<Response> responses = new List<Response>();',
    );
    repository.edit(
      `${classes}/OrderService.cls`,
      '// Nobody',
      'public void tidy(Set<String> contactIds) {\n        LabelCleaner.clean(contactIds);\n    }\n\n    // Nobody',
    );
    repository.write(
      `${classes}/LabelCleaner.cls`,
      [
        'public without sharing class LabelCleaner {',
        '    public static void clean(Set<String> contactIds) {',
        '        delete [SELECT Id FROM Return_Label__c WHERE Refund__r.Contact__c IN :contactIds];',
        '    }',
        '}',
        '',
      ].join('\n'),
    );
    repository.commit('tidy up');
    expect(await told()).toEqual([
      'x NEW AUTHORITY  compared with HEAD~1: effects: 1 added.',
      '',
      'Order_Care -> order_status -> get_order_status',
      '  + delete Return_Label__c | any number | as user | nothing in front | recycle bin',
      ...offered('order_status', 'get_order_status'),
      `      calls OrderService.tidy  ${classes}/OrderStatus.cls:42`,
      `      calls LabelCleaner.clean  ${classes}/OrderService.cls:9`,
      `      delete Return_Label__c  ${classes}/LabelCleaner.cls:3`,
      ...refused,
    ]);
    expect(await found()).toEqual([
      '+ destructive-without-confirmation get_order_status delete:Return_Label__c',
      '+ unbounded-write get_order_status delete:Return_Label__c',
    ]);
  });

  it('2: removes a confirmation', async () => {
    repository.edit(script, '            require_user_confirmation: True\n', '');
    repository.commit('no confirmation');
    expect(await told()).toEqual([
      'x NEW AUTHORITY  compared with HEAD~1: effects: 14 widened.',
      '',
      'Order_Care -> account_details -> close_account',
      '  ! delete Contact | unenforced confirm -> nothing in front',
      ...offered('account_details', 'close_account'),
      `      Delete Records "Delete Contact"  ${source}/flows/Close_Account.flow-meta.xml:28`,
      '  ! update Refund__c (Contact__c) | unenforced confirm -> nothing in front',
      '      ... 7 steps as above',
      '      lookup Refund__c.Contact__c is cleared',
      `        ${source}/objects/Refund__c/fields/Contact__c.field-meta.xml:2`,
      '  ! delete AccountContactRelation | unenforced confirm -> nothing in front',
      '    and delete AccountContactRole, Attachment, CampaignMember, CaseContactRole, ContractContactRole, Event,',
      '    Note, OpportunityContactRole, Task',
      '      ... 7 steps as above',
      '      AccountContactRelation.ContactId goes with its Contact  :28',
      '  ! delete EventRelation | unenforced confirm -> nothing in front',
      '    and delete TaskRelation',
      '      ... 7 steps as above',
      '      Event.WhoId goes with its Contact  :28',
      '      EventRelation.EventId goes with its Event  :28',
      ...refused,
    ]);
    expect(await found()).toEqual(['+ draft-published-drift', '- declared-only-confirmation close_account']);
  });

  it('3: flips a class from user to system mode', async () => {
    repository.edit(`${classes}/CaseCleanup.cls`, 'delete as user oldCases;', 'delete oldCases;');
    repository.edit(`${classes}/CaseCleanup.cls`, 'public with sharing class', 'public without sharing class');
    repository.commit('system mode');
    expect(await told()).toEqual([
      'x NEW AUTHORITY  compared with HEAD~1: effects: 1 widened.',
      '',
      'Order_Care -> escalation -> clear_old_cases',
      '  ! delete Case | as user -> as system',
      ...offered('escalation', 'clear_old_cases'),
      `      delete Case  ${classes}/CaseCleanup.cls:17`,
      ...refused,
    ]);
    expect(await found()).toEqual(['+ system-mode-write clear_old_cases delete:Case']);
  });

  it('4: renames a flow', async () => {
    repository.move(`${source}/flows/Withdraw_Refund.flow-meta.xml`, `${source}/flows/Retract_Refund.flow-meta.xml`);
    repository.edit(script, 'flow://Withdraw_Refund', 'flow://Retract_Refund');
    repository.edit(
      `${source}/genAiPlannerBundles/Order_Care_v1/Order_Care_v1.genAiPlannerBundle`,
      '<invocationTarget>Withdraw_Refund<',
      '<invocationTarget>Retract_Refund<',
    );
    // What was compiled from the script is packed.
    repository.rewrite(`${source}/genAiPlannerBundles/Order_Care_v1/agentGraph/Order_Care_v1_graph.json`, (packed) =>
      Buffer.from(
        Buffer.from(packed, 'base64').toString('utf8').replaceAll('Withdraw_Refund', 'Retract_Refund'),
      ).toString('base64'),
    );
    repository.commit('another name');
    expect(await told()).toEqual(nothing);
    expect(await found()).toEqual([]);
  });

  it('5: formats everything anew', async () => {
    for (const path of filesBelow(repository.root, source)) {
      if (path.endsWith('.cls') || path.endsWith('.trigger')) {
        repository.rewrite(path, (text) => `\n\n${text.replaceAll('    ', '\t').replaceAll(' {\n', '\n{\n')}`);
      } else if (path.endsWith('.agent')) {
        repository.rewrite(path, (text) => `# Formatted.\n\n${text.replaceAll('\n\n', '\n\n\n')}`);
      } else {
        repository.rewrite(path, (text) => reformatXml(path, text));
      }
    }
    repository.commit('another formatter');
    expect(await told()).toEqual(nothing);
    expect(await found()).toEqual([]);
  });

  it('6: moves files', async () => {
    for (const path of filesBelow(repository.root, `${source}/classes`)) {
      repository.move(path, path.replace('/classes/orderCare/', '/classes/shop/orders/'));
    }
    for (const path of filesBelow(repository.root, `${source}/flows`)) {
      repository.move(path, path.replace(`${source}/flows/`, 'force-app/service/flows/'));
    }
    repository.commit('other folders');
    expect(await told()).toEqual(nothing);
    expect(await found()).toEqual([]);
  });

  it('7: adds a waiver', async () => {
    repository.write(
      'readiness.config.yaml',
      [
        'version: 1',
        'waivers:',
        '  - rule: destructive-without-confirmation',
        '    agent: Order_Care',
        '    action: clear_old_*',
        '    reason: The clean-up is switched off by a custom permission until the rewrite.',
        '    owner: order-team@example.com',
        '    approver: security-team@example.com',
        '    expires: 2026-08-01',
        '',
      ].join('\n'),
    );
    repository.commit('a waiver');
    expect(await told()).toEqual(nothing);
    expect(await found()).toEqual([
      '+ destructive-without-confirmation clear_old_cases delete:Case until 2026-08-01',
      '- destructive-without-confirmation clear_old_cases delete:Case',
    ]);
  });

  it('8: lets it expire', async () => {
    expect(await found('2026-07-17')).toEqual([]);
    expect(await found('2026-07-18')).toEqual(['+ expiring-waiver clear_old_*']);
    expect(await found('2026-08-01')).toEqual([]);
    expect(await found('2026-08-02')).toEqual([
      '+ destructive-without-confirmation clear_old_cases delete:Case',
      '+ expired-waiver clear_old_*',
      '- destructive-without-confirmation clear_old_cases delete:Case until 2026-08-01',
      '- expiring-waiver clear_old_*',
    ]);
  });

  it('9: widens a filter', async () => {
    repository.rewrite('force-app/service/flows/Retract_Refund.flow-meta.xml', (text) =>
      text.replace(/<field\s*>\s*Id\s*<\/field\s*>/, '<field>Reason__c</field>'),
    );
    repository.commit('by reason');
    expect(await told()).toEqual([
      'x NEW AUTHORITY  compared with HEAD~1: effects: 3 widened.',
      '',
      'Order_Care -> returns_and_refunds -> withdraw_refund',
      '  ! delete Refund__c | one record -> any number',
      ...offered('returns_and_refunds', 'withdraw_refund'),
      '      Delete Records "Delete Refund Request"  force-app/service/flows/Retract_Refund.flow-meta.xml:106',
      '  ! delete Refund_Line__c | children of one -> any number',
      '      ... 7 steps as above',
      '      master-detail Refund_Line__c.Refund__c',
      `        ${source}/objects/Refund_Line__c/fields/Refund__c.field-meta.xml:2`,
      '  ! delete Return_Label__c | children of one -> any number',
      '      ... 7 steps as above',
      '      trigger RefundTrigger runs before delete of Refund__c',
      `        ${source}/triggers/orderCare/RefundTrigger.trigger:4`,
      '      delete Return_Label__c  :6',
      ...refused,
    ]);
    expect(await found('2026-08-02')).toEqual(['+ unbounded-write withdraw_refund delete:Refund__c']);
  });

  it('10: adds an action that nobody can look into', async () => {
    repository.edit(
      script,
      '        open_case:\n            description',
      [
        '        track_parcel:',
        '            description: "Says where the parcel is."',
        '            target: "flow://courier__Track_Parcel"',
        '        open_case:\n            description',
      ].join('\n'),
    );
    repository.edit(
      script,
      '            open_case: @actions.open_case\n',
      '            track_parcel: @actions.track_parcel\n            open_case: @actions.open_case\n',
    );
    repository.commit('where is it');
    expect(await told()).toEqual([
      'x NEW AUTHORITY  compared with HEAD~1: effects: 1 added; 1 new action.',
      '',
      'Order_Care -> escalation -> track_parcel (new action)',
      '  + may do anything: flow courier__Track_Parcel is not in the project or cannot be read | nothing in front',
      ...offered('escalation', 'track_parcel'),
      '      flow courier__Track_Parcel is not in the project or cannot be read',
      ...refused,
    ]);
    expect(await found('2026-08-02')).toEqual(['+ opaque-target track_parcel unknown:*']);
  });
});

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
