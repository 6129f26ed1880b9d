import { driftRule } from './driftRule.ts';

export const bundleCopyDrift = driftRule({
  id: 'bundle-copy-drift',
  kind: 'copy',
  severity: 'medium',
  summary:
    'A topic or an action has a file of its own that differs from the copy in the bundle, which is the one that runs.',
  message: (agent, differences) =>
    `The bundle of ${agent} is not what its parts say: ${differences}. The copies in the bundle run, and were analysed.`,
  fix: 'Deploying the file alone changes nothing in the running agent: change the copy in the bundle as well.',
});
