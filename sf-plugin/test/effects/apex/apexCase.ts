import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Effect } from '@agent-readiness/protocol';
import { createApexExpander } from '../../../src/effects/apex/apexExpander.ts';
import { closeOver } from '../../../src/effects/closure.ts';
import type { Callable, Expander } from '../../../src/effects/model.ts';
import type { ApexParser } from '../../../src/extract/apex/parser.ts';
import { CoverageLog } from '../../../src/extract/coverage.ts';
import { ApexLibrary } from '../../../src/extract/library/apexLibrary.ts';
import { classify } from '../../../src/extract/project/metadataKinds.ts';
import { SourceIndex } from '../../../src/extract/project/sourceIndex.ts';
import type { InputBinding } from '../../../src/graph/agent.ts';

/*
 * A case is a folder of classes and triggers. Comments in them hold the verdict, on the line of the effect:
 *
 *   // effect: <operation> <object> <reach> <identity> [name=value …]
 *
 * with the further attributes extent, chosenBy, fields, certainty, reversibility. Where several
 * statements make one and the same effect, the one on the shortest path carries the comment.
 * `// pruned` marks the first line of code that the bound inputs rule out.
 * Comments anywhere in a file say more about the case:
 *
 *   // entry: <class> [rest | aura | flow-plugin]   the action target; by default the class `Entry`
 *   // input: <name>=<constant>                     an input that the agent binds
 *   // api: <version>                               of this file; by default 60
 */

export const casesFolder = fileURLToPath(new URL('../../fixtures/apex/', import.meta.url));

interface Line {
  /** `file:line`. */
  readonly where: string;
  readonly text: string;
}

export interface Verdict {
  readonly expected: readonly string[];
  readonly actual: readonly string[];
}

export function judge(name: string, parser: ApexParser): Verdict {
  const folder = join(casesFolder, name);
  const files = readdirSync(folder).filter((file) => /\.(?:cls|trigger)$/.test(file));
  const texts = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const directives = (key: string): string[] => [...texts.values()].flatMap((text) => commentsOf(text, key));
  const { effects, pruned } = closeOver(
    {
      name: 'act',
      aliases: [],
      topic: 'Topic',
      role: 'action',
      place: { file: 'agent', line: 1, column: 1 },
      target: { type: 'apex', name: 'Entry', place: { file: 'agent', line: 1, column: 1 } },
      confirmation: 'none',
      bindings: [
        {
          place: { file: 'agent', line: 1, column: 1 },
          invocation: 'model',
          gate: 'none',
          inputs: directives('input').map(inputOf),
          path: [{ file: 'agent', line: 1, column: 1, label: 'agent' }],
        },
      ],
    },
    entryOf(directives('entry')),
    expanderFor(texts, parser),
  );
  const wanted = [...texts].flatMap(([file, text]) => markedLines(file, text, 'effect'));
  return {
    expected: [
      ...wanted.map(({ where, text }) => `${where} ${text}`),
      ...[...texts].flatMap(([file, text]) => markedLines(file, text, 'pruned')).map(({ where }) => `${where} pruned`),
    ].sort(),
    actual: [
      ...effects.map((effect) => render(effect, wanted)),
      ...pruned.map(({ file, line }) => `${file}:${String(line)} pruned`),
    ].sort(),
  };
}

function expanderFor(texts: ReadonlyMap<string, string>, parser: ApexParser): Expander {
  const files = [...texts.keys()].flatMap((path) => {
    const known = classify(path);
    return known ? [{ ...known, path }] : [];
  });
  const reader = {
    read: (path: string): string | undefined => texts.get(path) ?? companionOf(path, texts),
  };
  const project = {
    name: 'case',
    root: '/',
    sourceDirs: ['.'],
    sourceApiVersion: undefined,
    index: new SourceIndex(files),
    reader,
    failed: [],
  };
  const expand = createApexExpander(new ApexLibrary(project, new CoverageLog(), parser));
  // Automation has tests of its own.
  return (callable, context, site) =>
    callable.kind === 'record-event' ? { effects: [], calls: [], pruned: [] } : expand(callable, context, site);
}

function companionOf(path: string, texts: ReadonlyMap<string, string>): string | undefined {
  const source = texts.get(path.replace(/-meta\.xml$/, ''));
  if (source === undefined || !path.endsWith('-meta.xml')) return undefined;
  const root = path.includes('.trigger') ? 'ApexTrigger' : 'ApexClass';
  const version = commentsOf(source, 'api')[0] ?? '60';
  return `<${root}><apiVersion>${version}.0</apiVersion><status>Active</status></${root}>`;
}

function entryOf([directive = 'Entry']: readonly string[]): Callable {
  const [name = '', entry = 'invocable', event = ''] = directive.split(' ');
  if (entry === 'trigger') return { kind: 'trigger', name, event: event.replace('-', ' ') };
  return { kind: 'apex-class', name, entry: entry as 'invocable' };
}

function inputOf(directive: string): InputBinding {
  const [name = '', value = ''] = directive.split('=');
  const place = { file: 'agent', line: 1, column: 1 };
  if (value === 'linked') return { name, chosenBy: 'linked', place };
  return { name, chosenBy: 'constant', constant: JSON.parse(value) as string, place };
}

function commentsOf(text: string, key: string): string[] {
  return markedLines('', text, key).map((line) => line.text);
}

function markedLines(file: string, text: string, key: string): Line[] {
  return text.split('\n').flatMap((line, index) => {
    const marks = [...line.matchAll(/\/\/ ([a-z-]+)(?:: ([^/]*))?/g)].filter((mark) => mark[1] === key);
    return marks.map((mark) => ({ where: `${basename(file)}:${String(index + 1)}`, text: (mark[2] ?? '').trim() }));
  });
}

/** An effect in the words of the comment on its line; attributes that no comment mentions are left out. */
function render(effect: Effect, wanted: readonly Line[]): string {
  const last = effect.path.at(-1);
  const where = `${basename(last?.file ?? '')}:${String(last?.line ?? 0)}`;
  const { operation, object, reach, identity } = effect;
  const head = `${operation} ${object} ${reach} ${identity}`;
  const mark = wanted.find((line) => line.where === where && (line.text === head || line.text.startsWith(`${head} `)));
  const names = (mark?.text.slice(head.length).trim() ?? '').split(' ').map((each) => each.split('=', 1)[0] ?? '');
  return `${where} ${[head, ...names.filter((name) => name !== '').map((name) => `${name}=${attribute(effect, name)}`)].join(' ')}`;
}

function attribute(effect: Effect, name: string): string {
  switch (name) {
    case 'fields':
      return effect.fields.join(',');
    case 'extent':
      return effect.extent === 'bounded' ? `bounded-${String(effect.extentLimit)}` : effect.extent;
    case 'chosenBy':
      return effect.chosenBy;
    case 'certainty':
      return effect.certainty;
    case 'reversibility':
      return effect.reversibility;
    default:
      return '?';
  }
}
