import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Place } from '@agent-readiness/protocol';
import { LineIndex } from '../text/lineIndex.ts';
import { UnreadableError } from '../unreadable.ts';
import { actionNames, expectsActions, type ExpectedAction } from './expectedAction.ts';
import type { TestedUtterance } from './testedUtterance.ts';

export interface TestSpecFacts {
  readonly place: Place;
  readonly subjectAgent: string | undefined;
  readonly expectedActions: readonly ExpectedAction[];
  readonly utterances: readonly TestedUtterance[];
}

/**
 * Reads a test specification: `expectedActions` of its test cases, or in the newer form the
 * `expected` of their `scorers`.
 *
 * @throws UnreadableError with the place of the first syntax error
 */
export function parseTestSpec(file: string, text: string): TestSpecFacts {
  const lines = new LineIndex(file, text);
  const root = parseYaml(text, lines);
  const placeOf = (node: unknown): Place => lines.place(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  const expected = (node: unknown): ExpectedAction[] => {
    if (isSeq(node)) return node.items.flatMap(expected);
    const value = isScalar(node) && typeof node.value === 'string' ? node.value : '';
    return actionNames(value).map((name) => ({ name, place: placeOf(node) }));
  };
  const scored = (scorer: unknown): ExpectedAction[] => {
    const name = textAt(scorer, 'name');
    return name !== undefined && expectsActions(name) ? expected(at(scorer, 'expected')) : [];
  };
  return {
    place: placeOf(root),
    subjectAgent: textAt(root, 'subjectName'),
    expectedActions: itemsAt(root, 'testCases').flatMap((testCase) => [
      ...expected(at(testCase, 'expectedActions')),
      ...itemsAt(testCase, 'scorers').flatMap(scored),
    ]),
    utterances: itemsAt(root, 'testCases').flatMap(readUtterances),
  };
}

function readUtterances(testCase: unknown): TestedUtterance[] {
  const topic = itemsAt(testCase, 'scorers').find((scorer) => textAt(scorer, 'name')?.startsWith('topic'));
  const expectedTopic = textAt(testCase, 'expectedTopic') ?? textAt(topic, 'expected') ?? '';
  return [testCase, ...itemsAt(testCase, 'inputs')].flatMap((each) => {
    const utterance = textAt(each, 'utterance');
    return utterance === undefined ? [] : { utterance, expectedTopic };
  });
}

function parseYaml(text: string, lines: LineIndex): unknown {
  try {
    const { contents, errors } = parseDocument(text);
    const [error] = errors;
    if (error) throw new UnreadableError(lines.place(error.pos[0]), error.message.split('\n', 1)[0] ?? 'invalid YAML');
    return contents;
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableError(lines.place(0), 'values are nested too deeply');
    throw error;
  }
}

function at(node: unknown, key: string): unknown {
  return isMap(node) ? node.get(key, true) : undefined;
}

function textAt(node: unknown, key: string): string | undefined {
  const value = at(node, key);
  return isScalar(value) && typeof value.value === 'string' ? value.value : undefined;
}

function itemsAt(node: unknown, key: string): readonly unknown[] {
  const value = at(node, key);
  return isSeq(value) ? value.items : [];
}
