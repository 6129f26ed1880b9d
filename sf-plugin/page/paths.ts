import type { Evidence, PackedHop } from '../src/report/html/evidence.ts';
import { element } from './elements.ts';

/** Writes the path of an effect below it when it is opened: there can be thousands. */
export function startPaths(evidence: Evidence): void {
  for (const effect of document.querySelectorAll<HTMLDetailsElement>('details.effect')) {
    effect.addEventListener('toggle', () => {
      if (effect.open) showPath(effect, evidence);
    });
  }
}

function showPath(effect: HTMLDetailsElement, evidence: Evidence): void {
  if (effect.querySelector('.path')) return;
  const path = evidence.paths[Number(effect.id.replace('effect-', '')) - 1] ?? [];
  const hops = hopsOf(path, evidence);
  if (hops.length === 0) return;
  const list = element('ol', 'path', ...pathItems(hops, evidence));
  effect.querySelector('.proof')?.remove();
  effect.append(list);
}

function hopsOf(path: readonly number[], { hops }: Evidence): readonly PackedHop[] {
  return path.flatMap((position) => {
    const hop = hops[position];
    return hop ? [hop] : [];
  });
}

function pathItems(hops: readonly PackedHop[], evidence: Evidence): readonly HTMLElement[] {
  return hops.map((hop, index) => {
    const [file, line, column, label, quote] = hop;
    const item = element('li', '', element('span', 'label', evidence.labels[label] ?? ''));
    const previous = hops[index - 1];
    // What follows from a line without being written anywhere stands on that line too.
    if (previous?.[0] === file && previous[1] === line) return item;
    item.append(element('code', 'place', `${evidence.files[file] ?? ''}:${line}:${column}`));
    const lines = evidence.quotes[quote];
    if (lines) item.append(sourceLines(lines, line));
    return item;
  });
}

function sourceLines(lines: Evidence['quotes'][number], hit: number): HTMLElement {
  const margin = Math.min(
    ...lines.filter(([, text]) => text !== '').map(([, text]) => text.length - text.trimStart().length),
  );
  const rows = lines.map(([number, text]) => {
    const kind = number === hit ? 'line hit' : 'line';
    return element('span', kind, element('span', 'number', `${number}`), `${text.slice(margin)}\n`);
  });
  const source = element('pre', 'source', ...rows);
  // A long line scrolls, by the keyboard too.
  source.tabIndex = 0;
  source.setAttribute('role', 'group');
  source.setAttribute('aria-label', `Source, line ${hit}`);
  return source;
}
