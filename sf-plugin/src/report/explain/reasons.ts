import type { Certainty, ChosenBy, Effect, Gate, Identity, Reversibility } from '@agent-readiness/protocol';
import { effectWords, extentWords } from '../words.ts';
import type { ExplainedEffect, Explanation } from './explanation.ts';

/** The words of an explanation: whole sentences, where the report of the check has room for a few words. */

const inMode: Readonly<Record<Identity, string>> = {
  user: 'in user mode',
  'system-with-sharing': 'in system mode with sharing',
  system: 'in system mode',
};

const inFront: Readonly<Record<Gate, string>> = {
  none: 'and nothing stands in front',
  'declared-only': 'and the confirmation it declares is not enforced',
  'self-grantable': 'behind a guard that the model can open itself',
  guarded: 'behind a guard that the model cannot open',
  confirmed: 'after the user has confirmed it',
  approval: 'after a second person has approved it',
};

/** `can delete Order, one record, in system mode, and nothing stands in front`. */
export function effectSentence(effect: Effect): string {
  const gate = inFront[effect.gate];
  // Of what was not seen, extent and identity are assumptions, not facts.
  if (effect.operation === 'unknown') return `${effectWords(effect)}, ${gate}`;
  const cause = effect.reach === 'cascade' ? ['as a consequence'] : [];
  return [`can ${effectWords(effect)}`, extentWords(effect), ...cause, inMode[effect.identity], gate].join(', ');
}

const certaintyReasons: Readonly<Record<Certainty, string>> = {
  proven: 'each step below is in the source',
  possible: 'one of the steps below is decided at run time; all that it can lead to counts',
  opaque: 'what happens after the last step is not in source, so the worst is assumed',
};

const identityReasons: Readonly<Record<Identity, string>> = {
  user: 'permissions, field security and sharing of the user hold',
  'system-with-sharing': 'sharing holds, object permissions and field security do not',
  system: 'no permission, field security or sharing holds',
};

const gateReasons: Readonly<Record<Gate, string>> = {
  none: 'no guard and no confirmation',
  'declared-only': 'the platform does not ask, although the action says that it must',
  'self-grantable': 'its condition depends on what the model itself can set',
  guarded: 'its condition depends on nothing that the model can set',
  confirmed: 'the platform asks the user before it runs the action',
  approval: 'a second person decides',
};

const chooserReasons: Readonly<Record<ChosenBy, string>> = {
  constant: 'the record and its values are fixed in the source',
  derived: 'the source works out the record and its values, the model gives neither',
  linked: 'the record or its values come from the session, which the model cannot set',
  model: 'the model gives what the record or its values depend on',
};

const undoReasons: Readonly<Record<Reversibility, string>> = {
  reversible: 'what it does can be reversed',
  recoverable: 'the recycle bin keeps the records for a while',
  irreversible: 'it cannot be undone',
};

/** One attribute of an effect, its value in the words of the protocol, and why it has that value. */
export interface Reason {
  readonly attribute: string;
  readonly value: string;
  readonly because: string;
}

/** Why each attribute is what the sentence says, as far as the analysis keeps it. */
export function reasonsOf(effect: ExplainedEffect, { agent, action }: Explanation): Reason[] {
  const { certainty, identity, gate, chosenBy, reversibility } = effect;
  if (effect.operation === 'unknown') {
    return [
      reason('certainty', certainty, certaintyReasons[certainty]),
      reason('gate', gate, gateReason(gate, action)),
    ];
  }
  return [
    reason('certainty', certainty, certaintyReason(effect)),
    reason('identity', identity, identityReason(effect, agent.runsAs)),
    reason('gate', gate, gateReason(gate, action)),
    reason('chosen by', chosenBy, chooserReasons[chosenBy]),
    reason('undo', reversibility, undoReasons[reversibility]),
  ];
}

function reason(attribute: string, value: string, because: string): Reason {
  return { attribute, value, because };
}

function certaintyReason({ certainty, object, reach }: Effect): string {
  if (certainty === 'possible' && object === '*') {
    return 'which object it is, is decided at run time; any object counts';
  }
  return certainty === 'proven' && reach === 'cascade'
    ? 'each step below is in the source, or is what the platform does after a write'
    : certaintyReasons[certainty];
}

function identityReason({ identity, reach }: Effect, runsAs: string | undefined): string {
  const because = identityReasons[identity];
  if (identity === 'user') return runsAs === undefined ? because : `${because}: ${runsAs}`;
  return reach === 'cascade' ? `${because}; it happens after a write, not by a call` : because;
}

/** Of several calls the weakest counts, because the model may choose it. */
function gateReason(gate: Gate, { calls }: Explanation['action']): string {
  const weakest = calls.find((call) => call.gate === gate);
  const others = calls.length - 1;
  return [
    gateReasons[gate],
    ...(weakest?.invocation === 'deterministic' ? ['the script runs it, the model does not choose'] : []),
    ...(weakest && others > 0 ? [`the weakest of ${calls.length} calls, in line ${weakest.line}`] : []),
  ].join('; ');
}

/** Why an action has no effects. */
export function harmlessReason({ action, coverage }: Explanation): string {
  if (!action.reachable) {
    return 'changes nothing, because it is not reachable: nothing in what a conversation can reach offers or runs it';
  }
  if (coverage.filesFailed.length > 0) return 'changes nothing that could be seen; some files could not be read';
  const exceptions = action.pruned.length > 0 ? ', outside the branches ruled out below' : '';
  return `changes nothing: ${action.target.type} ${action.target.name} and all that it calls only read${exceptions}`;
}
