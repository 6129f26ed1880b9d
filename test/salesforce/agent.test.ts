import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parseDocument, type YAMLSeq } from 'yaml';
import type { Report } from '@agent-readiness/protocol';
import { temporaryFolder } from '@agent-readiness/testkit';
import { runGate, type GateOptions } from '../../sf-plugin/src/actions/gate.ts';
import { silent } from '../../sf-plugin/src/actions/progress.ts';
import { actionsOfBundle } from '../sample/fromBundle.ts';
import { actionsOfGraph } from '../sample/fromGraph.ts';
import { actionsOfScript } from '../sample/fromScript.ts';
import { read, repository } from '../sample/projectFiles.ts';

const main = 'force-app/main/handoff';
const bundle = `${main}/genAiPlannerBundles/Handoff_Desk_v1`;
const script = actionsOfScript(`${main}/aiAuthoringBundles/Handoff_Desk/Handoff_Desk.agent`);

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

/** The check of this repository by its own policy; the day is given, so that the test does not expire with a waiver. */
async function gate(options: Partial<GateOptions> = {}): Promise<Report> {
  const dependencies = { startDir: repository, progress: silent, today: '2026-11-24' };
  const flags = { sourceDirs: [], agents: [], allVersions: false, locked: true };
  const { report } = await runGate(dependencies, { ...flags, writeManifest: false, writeBaseline: false, ...options });
  return report;
}

describe('the check of this repository', () => {
  let report: Report;
  beforeAll(async () => {
    report = await gate();
  }, 120_000);

  it('sees what the agent sends, and what the journal makes of it', () => {
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

  it('passes by its policy and its manifest, and nothing is found that nobody answers for', () => {
    expect(report.agents.map(({ name }) => name)).toEqual(['Handoff_Desk']);
    expect(report.verdict).toMatchObject({ status: 'ready', failOn: 'low' });
    expect(report.coverage).toMatchObject({ filesFailed: [], opaqueTargets: [] });
    expect(report.lock).toMatchObject({ exceeded: false });
    const found = report.findings.map(({ ruleId, action = '', effect = '', waivedBy }) =>
      [ruleId, action, effect, waivedBy?.owner ?? 'nobody'].join(' '),
    );
    expect(found.sort()).toEqual([
      'action-fan-out check_handoff publish-event:Handoff_Event__e service-team@example.com',
      'action-fan-out summarise_case publish-event:Handoff_Event__e service-team@example.com',
    ]);
  });

  it('fails without any one of its waivers', async () => {
    const policy = parseDocument(read('readiness.config.yaml'));
    const waivers = policy.get('waivers') as YAMLSeq;
    expect(waivers.items).toHaveLength(1);
    const { root: folder, dispose } = temporaryFolder();
    try {
      for (const index of waivers.items.keys()) {
        const without = policy.clone();
        without.deleteIn(['waivers', index]);
        const config = join(folder, `without-${String(index)}.yaml`);
        writeFileSync(config, without.toString());
        expect((await gate({ config })).verdict.status).toBe('not-ready');
      }
    } finally {
      dispose();
    }
  }, 120_000);
});
