import type { JsonValue, Masked } from '../json.ts';
import type { MaskingContext, Masker, MintedToken } from '../safeguards.ts';
import { contentFinder, findIn, read, readable, type Reading } from './detect.ts';
import type { Detection } from './detection.ts';
import { RecordDictionary } from './dictionary/recordDictionary.ts';
import { recordValues } from './dictionary/recordValues.ts';
import type { EntityType } from './entityTypes.ts';
import { leavesOf, mapLeaves } from './json.ts';
import { findLeaks } from './leakCheck.ts';
import { lexiconDetector } from './names/lexiconDetector.ts';
import type { NameDetector } from './names/nameDetector.ts';
import { maskingPolicySchema, type MaskingPolicy } from './policy.ts';
import { readToken, tokenText, wholeTokenStart } from './tokens/tokenFormat.ts';
import { TokenTable } from './tokens/tokenTable.ts';
import { StreamUnmasker, unmaskText, type UnmaskReport } from './tokens/unmask.ts';

/**
 * Where a text comes from: `raw` from people and systems, so that what looks like a token in it is text and is
 * masked as such; `masked` from {@link ConversationMasker.mask} or from a model that was given masked text only,
 * so that tokens of this conversation in it stay.
 */
export type Origin = 'raw' | 'masked';

/** A leaf, and what was found in it before the dictionary knew all names. */
interface Looked {
  readonly reading: Reading;
  readonly detections: readonly Detection[];
}

/** Masks one conversation. Not safe for use by two requests at a time. */
export class ConversationMasker implements Masker {
  readonly #policy: MaskingPolicy;
  readonly #hints: Readonly<Record<string, string>>;
  readonly #find: ReturnType<typeof contentFinder>;
  readonly #tokens: TokenTable;
  readonly #dictionary = new RecordDictionary();

  /** @throws ZodError for a policy that is not one, Error for a key or a known token that is not one */
  constructor({ key, known, hints, policy }: MaskingContext, names: NameDetector = lexiconDetector) {
    this.#policy = maskingPolicySchema.parse(policy);
    this.#hints = hints;
    this.#find = contentFinder(names);
    this.#tokens = new TokenTable(key, known);
    for (const { type, value } of this.#tokens.entries()) this.#learn(type, value);
  }

  /**
   * Masks every string, number and property name. A number that holds something becomes the string of its
   * token. Values that the hints name are learned from the value first, and names found in one leaf are looked
   * for in all.
   */
  mask<T extends JsonValue>(value: T, origin: Origin = 'raw'): Masked<T> {
    for (const record of recordValues(value, this.#hints)) this.#dictionary.add(record);
    const found = new Map<string, Looked>();
    for (const leaf of new Set(leavesOf(value))) {
      const reading = read(leaf);
      const detections = this.#detectOutside(reading, this.#tokensIn(leaf, origin));
      found.set(leaf, { reading, detections });
      for (const { type, start, end } of detections) this.#learn(type, leaf.slice(start, end));
    }
    return mapLeaves(value, (leaf) => this.#replace(leaf, found.get(leaf), origin)) as Masked<T>;
  }

  leaks(outgoing: JsonValue): readonly EntityType[] {
    const kept = new Set(this.#policy.keep);
    const texts = Array.from(new Set(leavesOf(outgoing)), (leaf) => this.#withoutTokens(leaf));
    const types = findLeaks(texts, this.#dictionary, (type) => kept.has(type));
    return [...new Set(types)].sort();
  }

  unmask<T extends JsonValue>(
    value: T,
    sink: 'result' | 'org',
  ): { value: T; restored: number } & Omit<UnmaskReport, 'restored'> {
    const reports: UnmaskReport[] = [];
    const unmasked = mapLeaves(value, (leaf) => {
      const { text, ...report } = unmaskText(leaf, this.#tokens, this.#visibleTo(sink));
      reports.push(report);
      return text;
    }) as T;
    return {
      value: unmasked,
      restored: reports.reduce((sum, { restored }) => sum + restored.length, 0),
      unknown: reports.flatMap(({ unknown }) => unknown),
      half: reports.flatMap(({ half }) => half),
      withheld: reports.flatMap(({ withheld }) => withheld),
    };
  }

  /** An unmasker for one content block of a stream. */
  streamUnmasker(sink: 'result' | 'org'): StreamUnmasker {
    return new StreamUnmasker(this.#tokens, this.#visibleTo(sink));
  }

  minted = (): readonly MintedToken[] => this.#tokens.entries();

  #visibleTo(sink: 'result' | 'org'): 'all' | ReadonlySet<EntityType> {
    const types = this.#policy.unmask[sink];
    return types === 'all' ? 'all' : new Set(types);
  }

  /** People are recognised again by a part of their name; other values only as a whole, which patterns see to. */
  #learn(type: EntityType, value: string): void {
    const isEscaped = /[%\\&]/.test(value);
    if (type === 'PERSON' && !isEscaped) this.#dictionary.add({ type, value }, true);
  }

  #detectOutside(reading: Reading, tokens: readonly Detection[]): readonly Detection[] {
    const found = findIn(reading, this.#find).filter(({ type }) => !this.#policy.keep.includes(type));
    return [...found.filter((detection) => !tokens.some((token) => contains(token, detection))), ...tokens];
  }

  #replace(leaf: string, looked: Looked | undefined, origin: Origin): string {
    const { reading, detections: found } = looked ?? { reading: read(leaf), detections: [] };
    const known = findIn(reading, (text) => this.#dictionary.find(text));
    let masked = '';
    let position = 0;
    for (const { start, end, type, identity } of readable(leaf, [...found, ...known])) {
      const from = withBackslashes(leaf, start, position);
      const value = leaf.slice(from, end);
      const stays = type === 'LITERAL' && origin === 'masked';
      masked += leaf.slice(position, from) + (stays ? value : tokenText(this.#tokens.tokenFor(type, value, identity)));
      position = end;
    }
    return masked + leaf.slice(position);
  }

  /** In raw text everything that could be read as a token, in masked text the tokens of this conversation. */
  #tokensIn(leaf: string, origin: Origin): readonly Detection[] {
    const tokens: Detection[] = [];
    const starts = new RegExp(wholeTokenStart);
    for (let start = starts.exec(leaf); start; start = starts.exec(leaf)) {
      const read = readToken(leaf, start.index, true);
      if (!read || read === 'more' || (origin === 'masked' && !this.#tokens.find(read.body))) continue;
      tokens.push({ start: start.index, end: read.end, type: 'LITERAL', certainty: 'literal' });
      starts.lastIndex = read.end;
    }
    return tokens;
  }

  #withoutTokens(leaf: string): string {
    let rest = '';
    let position = 0;
    for (const { start, end } of this.#tokensIn(leaf, 'masked')) {
      rest += `${leaf.slice(position, start)}\u0000`;
      position = end;
    }
    return rest + leaf.slice(position);
  }
}

/** Backslashes before a token would read as part of it, so they become part of the value. */
function withBackslashes(text: string, start: number, from: number): number {
  let at = start;
  while (at > from && text.charAt(at - 1) === '\\') at--;
  return at;
}

function contains(outer: Detection, inner: Detection): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
