import { driftRule } from './driftRule.ts';

export const draftPublishedDrift = driftRule({
  id: 'draft-published-drift',
  kind: 'draft',
  severity: 'medium',
  summary: 'The script of an agent and what was published of it differ.',
  message: (agent, differences) =>
    `The script of ${agent} is not what is published: ${differences}. The script was analysed.`,
  fix: 'Publish the script, or retrieve what runs; until then this report is about the next version.',
});
