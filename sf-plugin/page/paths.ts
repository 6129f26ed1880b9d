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

function pathItems(hops: readonly PackedHop[], { files, labels, lines }: Evidence): readonly HTMLElement[] {
  return hops.map(([file, line, column, label], index) => {
    const item = element('li', '', element('span', 'label', labels[label] ?? ''));
    const previous = hops[index - 1];
    // What follows from a line without being written anywhere stands on that line too.
    if (previous?.[0] === file && previous[1] === line) return item;
    const name = files[file] ?? '';
    item.append(element('code', 'place', `${name}:${line}:${column}`));
    // An XML element says what it is after its tag, a statement is best seen between its neighbours.
    const first = name.endsWith('.xml') ? line : line - 1;
    const source = sourceLines(lines[file] ?? {}, first, line);
    if (source) item.append(source);
    return item;
  });
}

function sourceLines(lines: Evidence['lines'][number], first: number, hit: number): HTMLElement | undefined {
  const shown = [first, first + 1, first + 2].flatMap((number) => {
    const text = lines[number];
    return text === undefined ? [] : [{ number, text }];
  });
  if (shown.length === 0) return undefined;
  const margin = Math.min(...shown.map(({ text }) => text.length - text.trimStart().length));
  const rows = shown.map(({ number, text }) => {
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
