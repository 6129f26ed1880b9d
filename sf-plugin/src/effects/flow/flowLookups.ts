import type { FlowFacts } from '../../extract/flow/flowFacts.ts';

/** What the effects of a flow depend on outside of its file. */
export interface FlowLookups {
  /** The flow of that API name or, where the project overrides a managed flow of that name, the override. */
  flow(name: string): FlowFacts | undefined;
  /** The objects that a lookup or master-detail field of the project points at; empty for any other field. */
  referencesTo(object: string, field: string): readonly string[];
}
