import type { Identity } from '@agent-readiness/protocol';
import type { AccessMode } from '../../extract/apex/body.ts';
import type { ClassInSource, ClassWorld } from './classWorld.ts';

/** From this version of a file on, its code shares records and runs as the user unless it says otherwise. */
const userModeVersion = 67;

export type SharingMode = 'with' | 'without';

/** How a class is entered: by the platform, by a Lightning component, or by a call from other code. */
export type Entry = 'platform' | 'aura' | 'call';

/**
 * Whether the record sharing of the user holds in the code of a class.
 *
 * A class without a keyword takes the one that an ancestor declares. An inner class does not take
 * the one of its outer class.
 *
 * @param caller the mode of the calling code; asked only where the class leaves it to the caller
 */
export function sharingOf(target: ClassInSource, entry: Entry, caller: SharingMode, world: ClassWorld): SharingMode {
  const ancestry = world.ancestry(target);
  const keyword = ancestry.map(({ type }) => type.sharing).find((each) => each !== undefined);
  if (keyword === 'with' || keyword === 'without') return keyword;
  if (keyword === 'inherited') return entry === 'call' ? caller : 'with';
  if (ancestry.some(({ summary }) => summary.apiVersion >= userModeVersion)) return 'with';
  if (entry === 'aura') return 'with';
  return entry === 'call' ? caller : 'without';
}

/**
 * In whose name a statement runs.
 *
 * @param access what the statement itself says
 */
export function identityOf(apiVersion: number, sharing: SharingMode, access: AccessMode | undefined): Identity {
  const mode = access ?? (apiVersion >= userModeVersion ? 'user' : 'system');
  if (mode === 'user') return 'user';
  return sharing === 'with' ? 'system-with-sharing' : 'system';
}

/** What an Apex callee takes over from its caller: the sharing, never the user mode of a statement. */
export function inheritedIdentity(sharing: SharingMode): Identity {
  return sharing === 'with' ? 'system-with-sharing' : 'system';
}

export function sharingOfCaller(identity: Identity): SharingMode {
  return identity === 'system' ? 'without' : 'with';
}
