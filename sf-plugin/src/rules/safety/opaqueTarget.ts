import { effectRule } from '../effectRule.ts';

export const opaqueTarget = effectRule({
  id: 'opaque-target',
  category: 'safety',
  severity: 'high',
  summary: 'An action reaches something that is not in the project, so its effects are not known.',
  matches: ({ certainty }) => certainty === 'opaque',
  message: (effect, { action }) => `${action.name} reaches code nobody can see here: ${lastLabel(effect.path)}.`,
  fix: () => 'Retrieve the target into the project, or review it by hand and record the result as a waiver.',
});

function lastLabel(path: readonly { readonly label: string }[]): string {
  return path.at(-1)?.label ?? 'unknown target';
}
