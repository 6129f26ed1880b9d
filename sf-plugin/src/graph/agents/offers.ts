import type { Place } from '@agent-readiness/protocol';
import { parseAgentFunction, type AgentFunctionFacts } from '../../extract/agents/agentFunction.ts';
import type { Located } from '../../extract/agents/located.ts';
import { allNames, stableName, withoutOrgId, type Names } from '../../extract/agents/names.ts';
import type { ActionTarget } from '../agent.ts';
import { folderOf, type AgentFiles } from './agentFiles.ts';
import { referenceNames, type ReferenceNames } from './reference.ts';

/** An action that a planner or a topic defines or refers to, found and named, but not yet bound. */
export interface OfferedAction {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly references: ReferenceNames;
  /** Of the definition; of the reference where the definition is not in source. */
  readonly place: Place;
  readonly target: ActionTarget;
  /** `undefined` where it is not in source. */
  readonly definition: AgentFunctionFacts | undefined;
  readonly schemaFile: string | undefined;
  /** Where it is offered; `undefined` for a definition that nothing links. */
  readonly link: Place | undefined;
}

/** The three ways in which a planner and a topic list actions. */
export interface ActionLists {
  readonly actions: readonly AgentFunctionFacts[];
  readonly actionLinks: readonly Located[];
  readonly functions: readonly Located[];
}

/**
 * Local definitions first, linked or not; then what is referred to and not defined locally. A local
 * definition wins over a global one of the same name, because the running agent uses the copy.
 *
 * @param folder where the input schemas of the local actions are
 */
export function findActions(lists: ActionLists, folder: string, files: AgentFiles): OfferedAction[] {
  const references = firstOfEach([...lists.actionLinks, ...lists.functions]);
  const taken = new Set<string>();
  const local = lists.actions.map((definition) => {
    const names = localNames(definition.names);
    const links = references.filter(({ value }) => names.has(value.toLowerCase()));
    for (const { value } of links) taken.add(value.toLowerCase());
    return fromLocal(definition, folder, links[0]?.place);
  });
  const global = references.filter(({ value }) => !taken.has(value.toLowerCase()));
  return [...local, ...global.map((reference) => fromReference(reference, files))];
}

function firstOfEach(references: readonly Located[]): Located[] {
  const byName = new Map<string, Located>();
  for (const reference of references) {
    const key = reference.value.toLowerCase();
    if (!byName.has(key)) byName.set(key, reference);
  }
  return [...byName.values()];
}

/** Links name the copy, references of other kinds may name what it was copied from. */
export function localNames(names: Names): ReferenceNames {
  return referenceNames(names, ...(names.source === undefined ? [] : [names.source]));
}

function fromLocal(definition: AgentFunctionFacts, folder: string, link: Place | undefined): OfferedAction {
  const { names, place } = definition;
  const name = stableName(names) ?? definition.target?.value ?? 'unnamed';
  const own = names.fullName ?? names.developerName ?? name;
  return {
    name,
    aliases: aliasesOf(names, name),
    references: referenceNames(names, name),
    place,
    target: targetOf(definition),
    definition,
    schemaFile: `${folder}/${own}/input/schema.json`,
    link,
  };
}

function fromReference(reference: Located, files: AgentFiles): OfferedAction {
  const name = reference.value;
  const file = files.definition('agentFunction', name) ?? files.definition('agentFunction', withoutOrgId(name));
  const definition = file && files.read(file.path, parseAgentFunction);
  const own = file?.name ?? withoutOrgId(name);
  return {
    name: own,
    aliases: definition ? aliasesOf(definition.names, own) : [],
    references: new Set([name.toLowerCase(), withoutOrgId(name).toLowerCase()]),
    place: definition?.place ?? reference.place,
    target: definition ? targetOf(definition) : missingTarget(own, reference.place, file !== undefined),
    definition,
    schemaFile: file && `${folderOf(file.path)}/input/schema.json`,
    link: reference.place,
  };
}

function targetOf({ target, targetType, place }: AgentFunctionFacts): ActionTarget {
  return { type: targetType?.value ?? 'unknown', name: target?.value ?? '', place: target?.place ?? place };
}

/** A function that the project does not define is one the platform or a package brings. */
function missingTarget(name: string, place: Place, isUnreadable: boolean): ActionTarget {
  return { type: isUnreadable ? 'unreadable' : 'standardInvocableAction', name, place };
}

function aliasesOf(names: Names, name: string): string[] {
  return [...new Set(allNames(names))].filter((alias) => alias !== name).sort();
}
