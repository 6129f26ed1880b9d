import type { Place } from '@agent-readiness/protocol';
import { children, isTrue, textOf, type Element } from '../xml/xml.ts';
import { parseRoot } from '../metadata/metadataFile.ts';
import { locatedText, type Located } from './located.ts';
import { readNames, type Names } from './names.ts';

/** An action as `GenAiFunction`, `localActions` or `plannerActions` define it. */
export interface AgentFunctionFacts {
  readonly place: Place;
  readonly names: Names;
  readonly target: Located | undefined;
  readonly targetType: Located | undefined;
  readonly isConfirmationRequired: boolean;
  readonly attributes: readonly FunctionAttribute[];
}

/** Gives one parameter of the target the name by which attribute mappings call it. */
export interface FunctionAttribute {
  readonly name: string;
  readonly parameterName: string;
  readonly direction: 'input' | 'output';
}

/** @throws UnreadableError when the file is not a function */
export function parseAgentFunction(file: string, text: string): AgentFunctionFacts {
  return readAgentFunction(parseRoot(file, text, 'GenAiFunction'));
}

export function readAgentFunction(element: Element): AgentFunctionFacts {
  return {
    place: element.place,
    names: readNames(element),
    target: locatedText(element, 'invocationTarget'),
    targetType: locatedText(element, 'invocationTargetType'),
    isConfirmationRequired: isTrue(element, 'isConfirmationRequired'),
    attributes: children(element, 'mappingAttributes').flatMap(readAttribute),
  };
}

function readAttribute(element: Element): FunctionAttribute[] {
  const name = textOf(element, 'name');
  const parameterName = textOf(element, 'parameterName');
  const type = textOf(element, 'parameterType');
  if (name === undefined || parameterName === undefined) return [];
  if (type !== 'input' && type !== 'output') return [];
  return [{ name, parameterName, direction: type }];
}
