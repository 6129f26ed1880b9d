import type { Identity } from '@agent-readiness/protocol';
import type { FlowFacts } from '../../extract/flow/flowFacts.ts';

/**
 * In whose name a flow runs. Only a flow that something calls may choose; one that a record, an event
 * or a schedule starts runs as the system, whatever it says and whoever caused it.
 */
export function identityOf({ start, runInMode }: FlowFacts, caller: Identity): Identity {
  if (start.triggerType !== undefined && start.triggerType !== 'None') return 'system';
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
