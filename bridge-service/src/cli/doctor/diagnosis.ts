/** One thing that was looked at. `advice` says what to do about it; empty when nothing has to be done. */
export interface Diagnosis {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  readonly advice: string;
}

export function diagnosis(what: string, ok: boolean, found: string, advice: string): Diagnosis {
  return { what, ok, found, advice: ok ? '' : advice };
}

/** What throws is not well; the message says why. */
export async function attempt(
  what: string,
  advice: string,
  examine: () => Diagnosis | Promise<Diagnosis>,
): Promise<Diagnosis> {
  try {
    return await examine();
  } catch (error) {
    return diagnosis(what, false, error instanceof Error ? error.message : 'failed', advice);
  }
}
