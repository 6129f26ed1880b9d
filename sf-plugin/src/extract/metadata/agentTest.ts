import type { Place } from '@agent-readiness/protocol';
import { UnreadableError } from '../unreadable.ts';
import { child, children, parseMetadataXml, textOf, type Element } from '../xml/xml.ts';
import { parseTestSpec } from './agentTestSpec.ts';
import { actionNames, expectsActions, type ExpectedAction } from './expectedAction.ts';
import type { TestedUtterance } from './testedUtterance.ts';
import { apiNameOf } from './metadataFile.ts';

/** A test suite of an agent: which of its actions some test case expects. */
export interface AgentTestFacts {
  readonly name: string;
  readonly place: Place;
  /** The agent as the suite names it; `undefined` where it names none. */
  readonly subjectAgent: string | undefined;
  /** One for each time an action is expected. */
  readonly expectedActions: readonly ExpectedAction[];
  /** What its test cases say to the agent. */
  readonly utterances: readonly TestedUtterance[];
}

/** Roots of the two generations and where a test case keeps its expectations. */
const expectations: ReadonlyMap<string, string> = new Map([
  ['AiEvaluationDefinition', 'expectation'],
  ['AiTestingDefinition', 'scorer'],
]);

/**
 * Reads `AiEvaluationDefinition`, `AiTestingDefinition` and test specifications in YAML.
 *
 * @throws UnreadableError when the file is none of them
 */
export function parseAgentTest(file: string, text: string): AgentTestFacts {
  if (/\.ya?ml$/.test(file)) return { name: apiNameOf(file), ...parseTestSpec(file, text) };
  const root = parseMetadataXml(file, text);
  const expectation = expectations.get(root.name);
  if (expectation === undefined) {
    throw new UnreadableError(root.place, `expected an agent test, found <${root.name}>`);
  }
  const testCases = children(root, 'testCase');
  return {
    name: apiNameOf(file),
    place: root.place,
    subjectAgent: textOf(root, 'subjectName'),
    expectedActions: testCases.flatMap((testCase) => children(testCase, expectation)).flatMap(readExpectation),
    utterances: testCases.flatMap((testCase) => readUtterances(testCase, expectation)),
  };
}

function readUtterances(testCase: Element, expectation: string): TestedUtterance[] {
  const topic = children(testCase, expectation).find((each) => textOf(each, 'name')?.startsWith('topic'));
  const expectedTopic = (topic && textOf(topic, 'expectedValue')) ?? '';
  return children(testCase, 'inputs').flatMap((inputs) => {
    const utterance = textOf(inputs, 'utterance');
    return utterance === undefined ? [] : { utterance, expectedTopic };
  });
}

function readExpectation(element: Element): ExpectedAction[] {
  const value = child(element, 'expectedValue');
  const name = textOf(element, 'name');
  if (!value || name === undefined || !expectsActions(name)) return [];
  return actionNames(value.text).map((action) => ({ name: action, place: value.place }));
}
