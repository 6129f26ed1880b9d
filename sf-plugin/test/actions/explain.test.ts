import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { runExplain } from '../../src/actions/explain.ts';
import { explanationSchema, type Explanation } from '../../src/report/explain/explanation.ts';

const project = join(import.meta.dirname, 'fixtures', 'explain');
const script = 'force-app/aiAuthoringBundles/Help_Desk/Help_Desk.agent';
const removal = 'force-app/classes/ContactRemoval.cls';

async function explain(action: string, effect?: string): Promise<Explanation> {
  const options = { sourceDirs: [], allVersions: false, action, ...(effect !== undefined && { effect }) };
  const explanation = await runExplain(project, options);
  expect(explanationSchema.parse(explanation)).toEqual(explanation);
  return explanation;
}

describe('explaining an action', () => {
  it('quotes each hop of the path to an effect', async () => {
    const { effects, otherEffects, action } = await explain('remove_contact', 'delete:Contact');
    expect(otherEffects).toBe(12);
    expect(action.calls).toEqual([{ file: script, line: 37, column: 21, invocation: 'model', gate: 'none' }]);
    expect(effects.map(({ operation, object, identity }) => `${operation} ${object} ${identity}`)).toEqual([
      'delete Contact system-with-sharing',
    ]);
    const hops = effects.flatMap(({ path }) => path);
    expect(
      hops.map(({ file, line, label, source }) => [
        `${file}:${line} ${label}`,
        source.find((each) => each.line === line)?.text,
      ]),
    ).toEqual([
      [`${script}:3 agent Help_Desk`, '    developer_name: "Help_Desk"'],
      [`${script}:6 start_agent contacts`, 'start_agent contacts:'],
      [`${script}:37 offers remove`, '            remove: @actions.remove_contact'],
      [`${removal}:13 calls ContactRemoval.remove`, '            remove(request.contactId);'],
      [`${removal}:19 delete Contact`, '        delete new Contact(Id = contactId);'],
    ]);
    expect(hops.at(-1)?.source).toEqual([
      { line: 18, column: 1, text: "        String auditPassword = '**************';" },
      { line: 19, column: 1, text: '        delete new Contact(Id = contactId);' },
      { line: 20, column: 1, text: '    }' },
    ]);
  });

  it('puts the worst effect first', async () => {
    const { effects, otherEffects } = await explain('Help_Desk.contacts.remove_contact');
    expect(effects.map(({ object }) => object).slice(0, 2)).toEqual(['Contact', 'EventRelation']);
    expect([effects.length, otherEffects]).toEqual([13, 0]);
  });

  it('says which branch a bound value rules out', async () => {
    const { effects, action } = await explain('preview_removal');
    expect(effects).toEqual([]);
    expect(action.pruned.map(({ file, line, reason }) => `${file}:${line} ${reason}`)).toEqual([
      `${removal}:13 the condition is always false here`,
    ]);
  });

  it('says that nothing calls an action', async () => {
    const { effects, action } = await explain('forgotten');
    expect([effects, action.reachable, action.calls]).toEqual([[], false, []]);
  });

  it('names what is not in source', async () => {
    const { effects, coverage } = await explain('score_contact');
    expect(effects.map(({ operation, certainty }) => `${operation} ${certainty}`)).toEqual(['unknown opaque']);
    expect(coverage.opaqueTargets.map(({ type, name, line }) => `${type} ${name} ${line}`)).toEqual([
      'flow scoring__Score_Contact 29',
    ]);
  });

  it('reads what the action reaches, and no more', async () => {
    // The script, and one class with its companion.
    expect((await explain('Help_Desk.more.find_contact')).coverage.filesParsed).toBe(3);
  });
});
