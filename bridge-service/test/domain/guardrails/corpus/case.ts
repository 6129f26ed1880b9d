/** A text and the kinds that a guardrail must see in it, all of them and no other. */
export type Case = readonly [text: string, ...kinds: string[]];

/** An input, an output, and the kinds that a guardrail must see in the output given that input. */
export type PairCase = readonly [input: string, output: string, ...kinds: string[]];
