import { ErasedError } from '../../app/content.ts';
import { replayHandoff, type Replay } from '../../app/operate/replayHandoff.ts';
import type { Command } from '../command.ts';
import { withBridge } from '../openBridge.ts';
import { sentence } from '../runCli.ts';
import { readSettings } from '../settings.ts';

export const replay: Command = {
  name: 'replay',
  takes: ['<txn>'],
  summary: 'runs a handoff again from its recorded answers, and compares',
  details:
    'Nothing is asked, written or kept. Exit code 1 where it differs: task, code or settings are not those of then.',
  options: { org: { value: '<party>', help: 'which org offered it; needed where there are several' } },
  async run({ positionals: [txn = ''], option }, around) {
    const { config } = await readSettings(around);
    const [only, ...others] = config.orgs.map(({ party }) => party);
    const org = option('org') ?? (others.length === 0 ? only : undefined);
    if (org === undefined) return sentence(false, 'say which org with --org', { txn });
    try {
      const found = await withBridge(config, (bridge) => replayHandoff(bridge, { org, txn }));
      if (found === undefined) return sentence(false, 'there is no such handoff, or it is not decided yet', { txn });
      const differs = differencesOf(found);
      const text = differs.length === 0 ? 'identical: questions, output and plan' : `DIFFERS: ${differs.join(', ')}`;
      return sentence(differs.length === 0, text, { txn, ...found });
    } catch (error) {
      if (!(error instanceof ErasedError)) throw error;
      return sentence(false, 'what belonged to this person was erased', { txn });
    }
  },
};

function differencesOf({ questions, sameOutput, sameEffects }: Replay): readonly string[] {
  return [
    ...questions.flatMap(({ question, same }) => (same ? [] : [`question ${question}`])),
    ...(sameOutput ? [] : ['output']),
    ...(sameEffects ? [] : ['plan']),
  ];
}
