/**
 * What the bridge tells about itself while it runs: to metrics, spans and logs. Names and figures only;
 * an adapter cannot leak content that it never gets.
 */
export interface Watch {
  /** A decision, as it stands in the audit log. */
  decided(event: { readonly name: string; readonly txn: string; readonly agent: string; readonly task: string }): void;
  /** How long a stage took. */
  took(stage: string, ms: number): void;
  /** Somebody should look: `code` is stable, `where` a place in the program. */
  alarm(code: string, txn: string | undefined): void;
  /** A bug. Only its name and stack are recorded: messages may quote values. */
  failed(where: string, error: unknown): void;
}
