import type { FlowFacts } from '../../extract/flow/flowFacts.ts';

/** What the effects of a flow depend on outside of its file. */
export interface FlowLookups {
  /** The flow of that API name or, where the project overrides a managed flow of that name, the override. */
  flow(name: string): FlowFacts | undefined;
  /** Whether the project defines the field as a lookup or a master-detail relationship. */
  isReference(object: string, field: string): boolean;
}
