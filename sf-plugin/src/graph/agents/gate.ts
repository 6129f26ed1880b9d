import { gateSchema, type Gate } from '@agent-readiness/protocol';

/** The gate that counts where several stand in front of one call. They are declared weakest first. */
export function strongestGate(gates: readonly Gate[]): Gate {
  return gateSchema.options.findLast((gate) => gates.includes(gate)) ?? 'none';
}
