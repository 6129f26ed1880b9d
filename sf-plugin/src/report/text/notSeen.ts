import type { Coverage, Place } from '@agent-readiness/protocol';
import { count, filesOf, listWords } from '../words.ts';
import { cutPath, wrap } from './layout.ts';
import type { Style } from './style.ts';

const filesShown = 5;
const targetsShown = 5;

/** Files that could not be read and targets that are not in the project: where the report is blind. */
export function notSeen({ filesFailed, opaqueTargets }: Coverage, style: Style): string[] {
  const targets = opaqueTargets.map((target) => {
    const similar = target.candidates.length > 0 ? `; did you mean ${listWords(target.candidates, 3)}?` : '';
    return { ...target, reason: `${target.reason}${similar}` };
  });
  return [
    ...list(`${count(filesOf(filesFailed), 'file')} not read in full`, filesFailed, filesShown, style),
    ...list(`${count(targets.length, 'target')} not in the project`, targets, targetsShown, style),
  ];
}

function list(
  title: string,
  items: readonly (Place & { readonly reason: string })[],
  limit: number,
  style: Style,
): string[] {
  if (items.length === 0) return [];
  const hidden = items.length - limit;
  return [
    '',
    style.warn(title),
    ...items.slice(0, limit).flatMap(({ file, line, reason }) => {
      const place = `${file}:${line}`;
      return [
        ...wrap(reason, style.width - 2).map((part) => `  ${part}`),
        `    ${style.dim(style.cutPaths ? cutPath(place, style.width - 4, style.symbols.ellipsis) : place)}`,
      ];
    }),
    ...(hidden > 0 ? [style.dim(`  + ${hidden} more`)] : []),
  ];
}
