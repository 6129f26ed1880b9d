import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '@agent-readiness/protocol';
import { runGate } from '../../sf-plugin/src/actions/gate.ts';
import { actionsOfBundle } from '../sample/fromBundle.ts';
import { actionsOfGraph } from '../sample/fromGraph.ts';
import { actionsOfScript } from '../sample/fromScript.ts';
import { read, repository } from '../sample/projectFiles.ts';

const main = 'force-app/main/handoff';
const bundle = `${main}/genAiPlannerBundles/Handoff_Desk_v1`;
const script = actionsOfScript(`${main}/aiAuthoringBundles/Handoff_Desk/Handoff_Desk.agent`);
const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };

describe('the agent that hands off', () => {
  it('is the same in its script, its bundle and its compiled graph', () => {
    expect(script.map(({ topic, name, target, bound }) => ({ topic, name, target, bound }))).toEqual([
      {
        topic: 'case_work',
        name: 'check_handoff',
        target: 'apex://CheckHandoff',
        bound: { handoffId: 'handoff_id' },
      },
      {
        topic: 'case_work',
        name: 'summarise_case',
        target: 'apex://HandOffToBridge',
        bound: { recordId: 'CaseId', sessionId: 'RoutableId', taskName: 'Case_Summary' },
      },
    ]);
    expect(actionsOfBundle(bundle)).toEqual(script);
    expect(actionsOfGraph(`${bundle}/agentGraph/Handoff_Desk_v1_graph.json`)).toEqual(script);
  });

  it.each(script)('$name passes to its class what the class takes and returns', ({ target, inputs, outputs }) => {
    const source = read(`${main}/classes/actions/${target.slice('apex://'.length)}.cls`);
    const names = (name: string, text: string): string[] => {
      const [, body = ''] = new RegExp(`class ${name} \\{(.*?)\\n {4}\\}`, 's').exec(text) ?? [];
      return [...body.matchAll(/public \w+ (\w+);/g)].map(([, each]) => each ?? '');
    };
    expect(names('Request', source)).toEqual(inputs);
    expect(names('Response', read(`${main}/classes/actions/HandOffToBridge.cls`))).toEqual(outputs);
  });

  it('hands off the task that its configuration describes', () => {
    const task = read(`${main}/customMetadata/Handoff_Task.Case_Summary.md-meta.xml`);
    const value = (field: string): string | undefined =>
      new RegExp(`<field>${field}</field>\\s*<value[^>]*>([^<]*)<`).exec(task)?.[1];
    expect([value('Agent__c'), value('Topic__c'), value('Action__c')]).toEqual([
      'Handoff_Desk',
      'case_work',
      'summarise_case',
    ]);
    expect(read('bridge-service/tasks/case-summary/task.yaml')).toContain(`name: ${value('Task_Type__c') ?? ''}\n`);
  });
});

describe('the check on the agent that hands off', () => {
  let report: Report;
  beforeAll(async () => {
    const dependencies = { startDir: repository, progress: silent, today: '2026-11-23' };
    const flags = { sourceDirs: [], agents: ['Handoff_Desk'], allVersions: false, locked: false };
    ({ report } = await runGate(dependencies, {
      ...flags,
      failOn: 'medium',
      writeManifest: false,
      writeBaseline: false,
    }));
  }, 60_000);

  it('sees its actions, what they send, and what the journal makes of it', () => {
    const [agent] = report.agents;
    const action = agent?.actions.find(({ name }) => name === 'summarise_case');
    const effects = action?.effects.map(({ operation, object, identity, reach }) =>
      [operation, object, identity, reach].join(' '),
    );
    expect(effects?.sort()).toEqual([
      'callout Handoff_Bridge user transitive',
      'create Case system cascade',
      'create Handoff_Approval__c system cascade',
      'create Handoff_Event__c system cascade',
      'create ProcessInstance user cascade',
      'enqueue HandoffFollowUp user transitive',
      'publish-event Handoff_Event__e user transitive',
      'upsert Handoff__c system cascade',
    ]);
  });

  it('passes the policy of this repository, with what is waived and why', () => {
    expect(report.verdict.status).toBe('ready');
    expect(report.coverage).toMatchObject({ filesFailed: [], opaqueTargets: [] });
    const waived = read('readiness.config.yaml').match(/^ {2}- rule: .+$/gm);
    expect(waived).toEqual([
      '  - rule: irreversible-side-effect',
      '  - rule: irreversible-side-effect',
      '  - rule: action-fan-out',
      '  - rule: classified-data-egress',
    ]);
  });
});
