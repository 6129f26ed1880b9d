import type { JsonObject, JsonValue, Masked } from './json.ts';

/** A token and the value it stands for, in memory only. */
export interface MintedToken {
  readonly token: string;
  readonly type: string;
  readonly value: string;
}

export interface MaskingContext {
  /** 32 bytes, of this conversation only. */
  readonly key: Uint8Array<ArrayBuffer>;
  /** Tokens minted earlier in the conversation. */
  readonly known: readonly MintedToken[];
  /** Field → entity type (`masking_hints` of the offer). */
  readonly hints: Readonly<Record<string, string>>;
  /** The task's masking policy, as `task.yaml` has it. */
  readonly policy: JsonObject;
}

/** One conversation's masking. Pure: what it minted is in `minted`, and the caller stores it. */
export interface Masker {
  /**
   * Masks every string leaf, keys included. `raw` (the default) is from people and systems: what looks like a
   * token in it is text. In what is `masked` already, as a model's answer is, tokens of this conversation stay.
   */
  mask<T extends JsonValue>(value: T, origin?: 'raw' | 'masked'): Masked<T>;
  /** Names of the types that are still readable in what is about to leave; empty lets it leave. */
  leaks(outgoing: JsonValue): readonly string[];
  /**
   * Puts values back for a sink that the policy allows. `unknown` are tokens that this conversation never minted,
   * `half` are pieces of tokens: nobody can say whose value was meant.
   */
  unmask<T extends JsonValue>(
    value: T,
    sink: 'result' | 'org',
  ): {
    readonly value: T;
    readonly restored: number;
    readonly unknown: readonly string[];
    readonly half: readonly string[];
  };
  /** Unmasks one content block of a stream: what could still become a token is held back. */
  streamUnmasker(sink: 'result' | 'org'): TextUnmasker;
  readonly minted: () => readonly MintedToken[];
}

/** {@link Masker.unmask} for text that comes in pieces. `report` is about all that came so far. */
export interface TextUnmasker {
  readonly push: (text: string) => string;
  /** The rest, when there is no more. */
  readonly end: () => string;
  readonly report: { readonly unknown: readonly string[]; readonly half: readonly string[] };
}

export type CreateMasker = (context: MaskingContext) => Masker;

/** Something that a guardrail saw. `guard` is its id; `detail` names a place or a kind, never the content. */
export interface GuardFinding {
  readonly guard: string;
  readonly action: 'block' | 'flag' | 'repair';
  readonly detail: string;
}

export interface GuardContext {
  readonly stage: 'in' | 'out';
  /** The payload as the org sent it. */
  readonly input: JsonValue;
  /** What the model answered; only for the stage `out`. */
  readonly output?: JsonValue;
  readonly outputSchema: JsonObject;
  /** The task's guardrail policy, as `task.yaml` has it. */
  readonly policy: JsonObject;
}

/** Runs every guardrail of a stage. A guardrail that throws, or answers nonsense, is a `block` finding. */
export type RunGuardrails = (context: GuardContext) => readonly GuardFinding[];
