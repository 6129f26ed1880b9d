import { gateSchema, type Gate } from '@agent-readiness/protocol';

/** The gate that counts where several stand in front of one call. They are declared weakest first. */
export function strongestGate(gates: readonly Gate[]): Gate {
  return gateSchema.options.findLast((gate) => gates.includes(gate)) ?? 'none';
}

/** The gate that counts where each of several ways leads to one call; none where there is no way. */
export function weakestGate(gates: readonly Gate[]): Gate {
  return gateSchema.options.find((gate) => gates.includes(gate)) ?? 'none';
}
