import { cpuTimeMs } from '@agent-readiness/testkit';
import { checkProject } from '../../src/actions/check.ts';
import { openProject, type Project } from '../../src/extract/project/openProject.ts';
import { ConfigurationError } from '../../src/extract/project/configurationError.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };
const options = { sourceDirs: [], agents: [], allVersions: true, failOn: 'high' } as const;

/** A change of one file, and what became of it. */
export interface Outcome {
  readonly path: string;
  readonly change: string;
  readonly result: 'read' | 'named in coverage' | 'no agents left';
  readonly cpuMs: number;
}

/** Checks a project in which one file has another text. An exception of the analysis is passed on. */
async function checkWith(project: Project, path: string, text: string, change: string): Promise<Outcome> {
  const reader = { read: (each: string) => (each === path ? text : project.reader.read(each)) };
  const startedMs = cpuTimeMs();
  let result: Outcome['result'];
  try {
    const { coverage } = await checkProject({ ...project, reader }, silent, options);
    result = coverage.filesFailed.some(({ file }) => file === path) ? 'named in coverage' : 'read';
  } catch (error) {
    if (!(error instanceof ConfigurationError)) {
      throw new Error(`${path}, ${change}: ${String(error)}`, { cause: error });
    }
    result = 'no agents left';
  }
  return { path, change, result, cpuMs: cpuTimeMs() - startedMs };
}

/** Every file of a project, with its text. */
function filesOf(startDir: string): { project: Project; files: { path: string; text: string }[] } {
  const project = openProject(startDir, []);
  const files = project.index
    .everything()
    .map(({ path }) => ({ path, text: project.reader.read(path) ?? '' }))
    .filter(({ text }) => text !== '');
  return { project, files };
}

/** Cuts each file short, `cuts` times, or at every tenth character. */
export async function* cutShort(startDir: string, cuts: number | 'every tenth'): AsyncGenerator<Outcome> {
  const { project, files } = filesOf(startDir);
  for (const { path, text } of files) {
    const step = cuts === 'every tenth' ? 10 : Math.max(1, Math.floor(text.length / cuts));
    // What is left after the last character that matters is the whole file.
    for (let length = 0; length < text.trimEnd().length; length += step) {
      yield await checkWith(project, path, text.slice(0, length), `cut at ${length}`);
    }
  }
}

/** Changes random files in random places: deletes, doubles, swaps and inserts text. */
export async function* mutate(startDir: string, count: number, seed: number): AsyncGenerator<Outcome> {
  const { project, files } = filesOf(startDir);
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const junk = [
    '<',
    '>',
    '</',
    '"',
    '{',
    '}',
    '(',
    ')',
    ':',
    '\n',
    '\t',
    '\u0000',
    '\uFEFF',
    '\uD83D',
    '...',
    '@',
    '*/',
    '/*',
    "'",
    ']]>',
    '&x;',
    '<!--',
  ];
  for (let done = 0; done < count; done++) {
    const { path, text } = pick(files);
    const at = Math.floor(random() * text.length);
    const length = Math.floor(random() * 40);
    const part = text.slice(at, at + length);
    const [kind, changed] = pick([
      ['delete', text.slice(0, at) + text.slice(at + length)],
      ['double', text.slice(0, at) + part + part + text.slice(at + length)],
      ['reverse', text.slice(0, at) + part.split('').reverse().join('') + text.slice(at + length)],
      ['insert', text.slice(0, at) + pick(junk) + text.slice(at)],
      ['repeat', text.slice(0, at) + part.repeat(200) + text.slice(at + length)],
    ] as const);
    yield await checkWith(project, path, changed, `${kind} ${length} at ${at} (seed ${seed}, number ${done})`);
  }
}

/** Mulberry32: small, seeded, good enough to pick places. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
