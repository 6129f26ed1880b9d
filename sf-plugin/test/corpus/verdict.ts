import { extentSchema, identitySchema, operationSchema, reachSchema } from '@agent-readiness/protocol';

/*
 * Verdicts are comments of the source they speak of:
 *
 *   effect: <operation> <object> <reach> <identity> [name=value …]
 *   no-effect
 *   pruned        a branch that constants rule out
 *   unread        something that the coverage says was not understood
 *   unreachable   an action that nothing can call
 *
 * Values are those of `protocol/src/effect.ts`, a list joined by commas, an extent of at most n records `bounded-n`. The
 * effect of one action of several is told apart by `action=` and `agent=`, the latter with its version if it has one
 * (`Desk.v2`). Behind `no-effect` and the words after it a colon may start a remark.
 */

/** What a case says about one line of its sources. */
export interface Verdict {
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

function isExtent(text: string): boolean {
  return /^bounded-[1-9]\d*$/.test(text) || (text !== 'bounded' && extentSchema.safeParse(text).success);
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
    isExtent(attributes['extent'] ?? 'one');
  if (!isKnown) throw new Error(`${where}: not an effect: ${text}`);
  return { words, attributes };
}
