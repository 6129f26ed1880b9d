import type { TextPiece } from '../../ports/model.ts';
import type { JsonValue } from '../json.ts';
import type { Masker, RunGuardrails } from '../safeguards.ts';
import type { Task } from '../task/task.ts';
import { HeldBack } from './heldBack.ts';
import { StringMember } from './stringMember.ts';

export interface StreamedTextOptions {
  readonly task: Task;
  readonly masker: Masker;
  readonly runGuardrails: RunGuardrails;
  /** What quotes and values of the text may come from. */
  readonly sources: JsonValue;
  /** Gets the text with its values back. */
  readonly show: (text: string) => void;
}

/**
 * The text of one answer on its way to a reader: the member of the output that the task streams, guarded,
 * then with its values back. What would make a guardrail block or repair the answer is not shown, nor is a
 * token that nobody issued; the text ends there, and the answer decides.
 */
export class StreamedText {
  readonly #options: StreamedTextOptions;
  readonly #name: string;
  #block = -1;
  #member: StringMember;
  #held: HeldBack;
  #unmasker: ReturnType<Masker['streamUnmasker']>;
  #hasShown = false;

  constructor(options: StreamedTextOptions, name: string) {
    this.#options = options;
    this.#name = name;
    this.#member = new StringMember(name);
    this.#held = new HeldBack((text) => this.#isClean(text));
    this.#unmasker = options.masker.streamUnmasker('result');
  }

  /** Returns whether the reader has seen anything of this answer. */
  push({ block, text }: TextPiece): boolean {
    if (block !== this.#block) this.#begin(block);
    this.#show(this.#unmasker.push(this.#held.push(this.#member.push(text))));
    return this.#hasShown;
  }

  /** Another answer to the same question begins: of the one before nothing was seen. */
  restart(): void {
    this.#begin(-1);
  }

  /** The answer is whole. */
  end(): void {
    this.#show(this.#unmasker.push(this.#held.end()) + this.#unmasker.end());
  }

  /** Nothing of one block says anything about the next. */
  #begin(block: number): void {
    this.#block = block;
    this.#member = new StringMember(this.#name);
    this.#held = new HeldBack((text) => this.#isClean(text));
    this.#unmasker = this.#options.masker.streamUnmasker('result');
  }

  #show(text: string): void {
    const { unknown, half } = this.#unmasker.report;
    if (text === '' || unknown.length + half.length > 0) return;
    this.#hasShown = true;
    this.#options.show(text);
  }

  #isClean(text: string): boolean {
    const { task, runGuardrails, sources } = this.#options;
    const output = { [this.#name]: text };
    const policy = task.definition.guardrails;
    // The schema speaks of the whole output, which this is a piece of.
    const findings = runGuardrails({ stage: 'out', input: sources, output, outputSchema: {}, policy });
    return findings.every(({ action }) => action === 'flag');
  }
}
