import { isMore, type Finding, type Manifest, type Report } from '@agent-readiness/protocol';
import { effectName } from '../rules/effectRule.ts';
import { actionEffects, actionKey, manifestEffects } from './diff/actionEffects.ts';
import { compareEffects } from './diff/compareEffects.ts';
import { policyFinding } from './finding.ts';
import { deed, differences } from './words.ts';

const review = 'have it reviewed: sf readiness check --write-manifest, and a person approves the change of the file';

/**
 * Where the agents can do more than a reviewed manifest says, and where less.
 *
 * @param wasChecked whether the report is about an agent
 */
export function lockFindings(
  report: Report,
  manifest: Manifest,
  file: string,
  wasChecked: (agent: string) => boolean,
): Finding[] {
  const reviewed = manifestEffects(manifest).filter(({ agent }) => wasChecked(agent));
  const { actions, changes } = compareEffects(reviewed, actionEffects(report));
  const place = { file, line: 1, column: 1 };
  const withEffects = new Set(changes.map(actionKey));
  const quiet = actions.added
    .filter((action) => !withEffects.has(actionKey(action)))
    .map((action) =>
      policyFinding('exceeds-lock', {
        ...action,
        message: `${action.action} is not in ${file}.`,
        fix: `Remove the action, or ${review}.`,
        place,
      }),
    );
  return [
    ...quiet,
    ...changes.map((change): Finding => {
      const { kind, agent, topic, action, effect, attributes, path } = change;
      const named = { agent, topic, action, effect: effectName(effect), place, path };
      return isMore(kind)
        ? policyFinding('exceeds-lock', {
            ...named,
            exceeds: attributes,
            message: `${action} can ${deed(effect)}, which ${file} does not allow${differences(attributes)}.`,
            fix: `Take the effect away, or ${review}.`,
          })
        : policyFinding('unused-authority', {
            ...named,
            message:
              kind === 'removed'
                ? `${file} allows ${action} to ${deed(effect)}, which it does not do.`
                : `${file} allows ${action} more than to ${deed(effect)} as it does now${differences(attributes)}.`,
            fix: 'Write the manifest anew, so that no handoff can carry what nobody needs.',
          });
    }),
  ];
}
