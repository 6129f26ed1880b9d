import type { RefusalCode } from './codes.ts';

/** A verifier never throws for bad input: it returns the checked value or says why not. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refusal;

/**
 * `code` is stable and listed with its meaning in `refusalCodes`. `detail` names the claim or the
 * rule for a person; it never repeats a value, because values may be personal data.
 */
export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly detail: string;
}

export function accepted<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function refused(code: RefusalCode, detail: string): Refusal {
  return { ok: false, code, detail };
}
