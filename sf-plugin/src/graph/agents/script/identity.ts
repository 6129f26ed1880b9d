import type { Place } from '@agent-readiness/protocol';
import type { Item } from '../../../extract/agentScript/ast.ts';
import type { AuthoringBundle } from './authoringBundle.ts';
import { bodyOf, entriesNamed, textNamed, textOf } from './reading.ts';

export interface AgentIdentity {
  readonly name: string;
  readonly version: string;
  readonly place: Place;
  readonly runsAs?: string;
  readonly agentType?: string;
}

/** @param start where the script begins, for scripts that do not name their agent */
export function readIdentity(script: readonly Item[], bundle: AuthoringBundle, start: Place): AgentIdentity {
  const config = bodyOf(script, 'config');
  const named = ['developer_name', 'agent_name']
    .flatMap((key) => entriesNamed(config, key))
    .find((entry) => textOf(entry) !== undefined);
  const name = textOf(named) ?? bundle.name;
  const agentType = textNamed(config, 'agent_type');
  const user = textNamed(bodyOf(script, 'access'), 'default_agent_user') ?? textNamed(config, 'default_agent_user');
  // An employee agent runs as whoever talks to it; the platform ignores the user there.
  const runsAs = agentType === 'AgentforceEmployeeAgent' ? undefined : user;
  return {
    name,
    version: versionOf(name, bundle),
    place: named?.place ?? start,
    ...(runsAs !== undefined && { runsAs }),
    ...(agentType !== undefined && { agentType }),
  };
}

/** A committed bundle names its version (`Bot.v2`); a frozen one has it as the suffix of its folder. */
function versionOf(name: string, bundle: AuthoringBundle): string {
  const target = bundle.target?.split('.').at(-1);
  if (target !== undefined && bundle.target !== target) return target;
  const suffix = bundle.name.startsWith(`${name}_`) ? bundle.name.slice(name.length + 1) : '';
  return /^\d+$/.test(suffix) ? suffix : '';
}
