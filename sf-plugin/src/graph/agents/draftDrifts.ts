import { effectiveGates } from '@agent-readiness/protocol';
import type { ActionBinding, Agent, AgentAction, Drift, InputBinding } from '../agent.ts';
import { groupBy } from './groupBy.ts';

/** Where an agent as its script describes it, which is analysed, differs from what was published of it. */
export function draftDrifts(script: Agent, published: Agent): Drift[] {
  const ofScript = reachable(script);
  const ofPublished = reachable(published);
  const drift = (name: string, differences: readonly string[], mine?: AgentAction, theirs?: AgentAction): Drift[] =>
    differences.length === 0
      ? []
      : [
          {
            kind: 'draft',
            subject: `action ${name}`,
            differences,
            analysed: (mine ?? script).place,
            other: (theirs ?? published).place,
          },
        ];
  return [
    ...[...ofScript].flatMap(([key, [mine]]) => {
      const theirs = ofPublished.get(key)?.[0];
      if (!theirs) return drift(mine.name, ['is new'], mine);
      return drift(mine.name, differencesOf(mine, theirs, published), mine, theirs);
    }),
    ...[...ofPublished].flatMap(([key, [theirs]]) =>
      ofScript.has(key) ? [] : drift(theirs.name, ['is gone'], undefined, theirs),
    ),
  ];
}

/** The actions that the agent can call. Publishing keeps their names and may rename topics. */
function reachable({ actions }: Agent): ReadonlyMap<string, readonly [AgentAction, ...AgentAction[]]> {
  return groupBy(
    actions.filter(({ bindings, role }) => bindings.length > 0 && role === 'action'),
    ({ name }) => name.toLowerCase(),
  );
}

function differencesOf(mine: AgentAction, theirs: AgentAction, published: Agent): string[] {
  const [here, there] = [mine, theirs].map(({ target }) => `${target.type} ${target.name}`);
  const differences = [
    ...(here?.toLowerCase() === there?.toLowerCase() ? [] : [`invokes ${here ?? ''} instead of ${there ?? ''}`]),
    ...((mine.confirmation === 'none') === (theirs.confirmation === 'none')
      ? []
      : [`${mine.confirmation === 'none' ? 'no longer declares' : 'now declares'} a confirmation`]),
  ];
  // How an action is called is kept by what was compiled from a script, and by nothing else.
  if (published.generation !== 'planner-bundle-compiled') return differences;
  const [guardedHere, guardedThere] = [mine, theirs].map(isGuarded);
  const [boundHere, boundThere] = [mine, theirs].map(boundInputs);
  return [
    ...differences,
    ...(guardedHere === guardedThere ? [] : [`is ${guardedHere ? 'now' : 'no longer'} guarded`]),
    ...(boundHere === boundThere ? [] : [`binds ${boundHere || 'no input'} instead of ${boundThere || 'no input'}`]),
  ];
}

function isGuarded({ bindings }: AgentAction): boolean {
  return bindings.every(({ gate }) => effectiveGates.has(gate));
}

/** The inputs that the model does not fill, in every way of calling the action. */
function boundInputs({ bindings }: AgentAction): string {
  const bound = bindings.map(({ inputs }: ActionBinding) => inputs.flatMap(textOfBinding).sort().join(', '));
  return [...new Set(bound)].sort().join(' or ');
}

function textOfBinding({ name, chosenBy, constant }: InputBinding): string[] {
  if (chosenBy === 'model') return [];
  return [constant === undefined ? name : `${name}=${JSON.stringify(constant)}`];
}
