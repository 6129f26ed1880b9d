import type { Identity } from '@agent-readiness/protocol';
import type { FlowFacts } from '../../extract/flow/flowFacts.ts';

/** Triggers that leave it to the launcher: none at all, and a prompt template that asks the flow for its data. */
const launchedByCaller: ReadonlySet<string | undefined> = new Set([undefined, 'None', 'Capability']);

/**
 * In whose name a flow runs. Only a flow that something calls may choose; one that a record, an event
 * or a schedule starts runs as the system, whatever it says and whoever caused it.
 */
export function identityOf({ start, runInMode }: FlowFacts, caller: Identity): Identity {
  if (!launchedByCaller.has(start.triggerType)) return 'system';
  switch (runInMode) {
    case undefined:
    case 'DefaultMode':
      return caller;
    case 'UserMode':
      return 'user';
    case 'SystemModeWithSharing':
      return 'system-with-sharing';
    default:
      // A mode that this version does not know is taken for the strongest.
      return 'system';
  }
}
