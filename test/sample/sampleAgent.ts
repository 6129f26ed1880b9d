/** What one form of the sample agent says about one action; the forms must say the same. */
export interface SampleAction {
  readonly topic: string;
  readonly name: string;
  /** `type://name` */
  readonly target: string;
  readonly isConfirmationRequired: boolean;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Inputs bound to a variable, by input; the model fills the others. */
  readonly bound: Readonly<Record<string, string>>;
  /** Outputs that are stored, by output. */
  readonly stored: Readonly<Record<string, string>>;
  /** `variable == value` */
  readonly guard: string | undefined;
}

export const byTopicAndName = (one: SampleAction, other: SampleAction): number =>
  `${one.topic}.${one.name}` < `${other.topic}.${other.name}` ? -1 : 1;
