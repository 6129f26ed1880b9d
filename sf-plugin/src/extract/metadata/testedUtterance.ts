/** What a test case says to the agent. */
export interface TestedUtterance {
  readonly utterance: string;
  /** Empty where the case expects none. */
  readonly expectedTopic: string;
}
