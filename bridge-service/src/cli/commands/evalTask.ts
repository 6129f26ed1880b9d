import type { Command } from '../command.ts';
import { withEvalBridge } from '../evaluate/evalBridge.ts';
import { readEvalCases } from '../evaluate/evalCases.ts';
import { evaluateCase, type CaseResult } from '../evaluate/evaluateCase.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

export const evalTask: Command = {
  name: 'eval',
  takes: ['<task>'],
  summary: 'takes the cases of a task through the pipeline, and compares',
  details:
    'By default a reference answers in place of a model: what a person would decide. That shows whether the\n' +
    'controls let the right answer through and stop what they are to stop, and nothing about a model. With\n' +
    '--model the model of the settings is asked, and paid for. Nothing is written to any org. Exit code 1\n' +
    'where a case differs.',
  options: {
    model: { help: 'ask the model of the settings' },
    repeat: { value: '<times>', help: 'how often each case is asked; 1' },
  },
  async run({ positionals: [name = ''], option, isSet }, around) {
    const { config } = await readSettings(around);
    const by = isSet('model') ? 'model' : 'reference';
    if (by === 'model' && config.anthropic === undefined) return sentence(false, 'no model is configured', { by });
    const times = Math.max(1, Math.floor(Number(option('repeat') ?? 1)) || 1);
    const cases = readEvalCases(config.tasks, name);
    const results = await withEvalBridge(config, async (bridge) => {
      const task = bridge.bridge.tasks.get(name);
      if (task === undefined) throw new Error(`no task ${name}`);
      const all: CaseResult[] = [];
      for (const each of cases) {
        for (let time = 0; time < times; time += 1) all.push(await evaluateCase(bridge, task, each, by));
      }
      return { release: task.release, cases: all };
    });
    const agreed = results.cases.filter(({ agrees }) => agrees).length;
    const cost = results.cases.reduce((sum, { costUsdMicros }) => sum + costUsdMicros, 0) / 1_000_000;
    const text = [
      ...results.cases.map(lineOf),
      `${agreed} of ${results.cases.length} agree; answered by: ${by}; ${cost.toFixed(4)} US dollars`,
    ].join('\n');
    return { ok: agreed === results.cases.length, text, json: { task: name, by, ...results } };
  },
};

function lineOf({ agrees, name, disposition, reason, differs }: CaseResult): string {
  const why = differs.length === 0 ? '' : ` (differs: ${differs.join(', ')})`;
  return `${agrees ? 'ok  ' : 'look'} ${name}: ${[disposition, reason].filter(Boolean).join(', ')}${why}`;
}
