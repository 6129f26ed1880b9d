import type { AttributeMapping } from '../../extract/agents/planner.ts';

/** A mapping that belongs to one action, by the name of the target's own parameter. */
export interface ParameterMapping {
  readonly parameter: string;
  readonly direction: 'input' | 'output';
  readonly mapping: AttributeMapping;
}
