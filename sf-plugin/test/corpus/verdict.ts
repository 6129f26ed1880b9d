import { extentSchema, identitySchema, operationSchema, reachSchema } from '@agent-readiness/protocol';

/** What a case says about one line of its sources. */
export interface Verdict {
  /** `unread`: the place stands in the coverage as not understood; `unreachable`: an action that nothing can call. */
  readonly kind: 'effect' | 'no-effect' | 'pruned' | 'unread' | 'unreachable';
  readonly file: string;
  readonly line: number;
  /** Of an effect: operation, object, reach and identity, in this order. */
  readonly words: readonly string[];
  /** Of an effect: whose it is (`agent`, `action`), and any attribute of `protocol/src/effect.ts`. */
  readonly attributes: Readonly<Record<string, string>>;
}

const owners = ['agent', 'action'];
const attributeNames: ReadonlySet<string> = new Set([
  ...owners,
  'fields',
  'extent',
  'extentLimit',
  'chosenBy',
  'gate',
  'reversibility',
  'certainty',
  'otherPaths',
]);

/** A comment of XML, Agent Script, YAML or Apex that holds a verdict and nothing else. */
const comment =
  /(?:<!--|#|\/\/)\s*(?:(effect:)\s*([^\n]*?)|(no-effect|pruned|unread|unreachable)(?::[^\n]*?)?)\s*(?:-->)?\s*$/;

/**
 * The verdicts in one source. A comment behind code speaks of its line, a comment on a line of its own of the next line
 * that holds more than comments.
 *
 * @throws Error where a comment looks like a verdict and is none: it would silently expect nothing
 */
export function readVerdicts(file: string, text: string): Verdict[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const found = comment.exec(line);
    if (!found) {
      if (/\beffect:/.test(line)) throw new Error(`${file}:${at + 1}: not a verdict: ${line.trim()}`);
      return [];
    }
    const [, isEffect, effect = '', other] = found;
    const ownLine = line.slice(0, found.index).trim() === '';
    const target = ownLine ? lines.findIndex((each, position) => position > at && !isComment(each)) : at;
    const place = { file, line: target + 1 };
    if (isEffect === undefined) return { kind: other as Verdict['kind'], ...place, words: [], attributes: {} };
    return { kind: 'effect', ...place, ...readEffect(`${file}:${at + 1}`, effect) };
  });
}

function isComment(line: string): boolean {
  return /^\s*(?:#.*|\/\/.*|<!--.*-->\s*)?$/.test(line);
}

function readEffect(where: string, text: string): Pick<Verdict, 'words' | 'attributes'> {
  const parts = text.split(/\s+/).filter(Boolean);
  const words = parts.filter((part) => !part.includes('='));
  const attributes = Object.fromEntries(
    parts.filter((part) => part.includes('=')).map((part) => part.split('=', 2) as [string, string]),
  );
  const [operation, object, reach, identity] = words;
  const isKnown =
    words.length === 4 &&
    operationSchema.safeParse(operation).success &&
    object !== undefined &&
    reachSchema.safeParse(reach).success &&
    identitySchema.safeParse(identity).success &&
    Object.keys(attributes).every((name) => attributeNames.has(name)) &&
    (attributes['extent'] === undefined || extentSchema.safeParse(attributes['extent']).success);
  if (!isKnown) throw new Error(`${where}: not an effect: ${text}`);
  return { words, attributes };
}
