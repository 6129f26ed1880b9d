/** A text and the kinds that a guardrail must see in it, all of them and no other. */
export type Case = readonly [text: string, ...kinds: string[]];
