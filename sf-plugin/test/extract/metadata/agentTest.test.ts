import { describe, expect, it } from '@jest/globals';
import { parseAgentTest } from '../../../src/extract/metadata/agentTest.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';
import { parseFixture, readFixture } from './fixture.ts';

function refusal(file: string, text: string): string {
  try {
    parseAgentTest(file, text);
  } catch (error) {
    if (error instanceof UnreadableError) return `${error.place.line}:${error.place.column}`;
    throw error;
  }
  return 'accepted';
}

describe('parseAgentTest', () => {
  it('reads the first generation', () => {
    const file = 'Rental_Suite.aiEvaluationDefinition-meta.xml';
    const place = { file, line: 12, column: 13 };
    expect(parseFixture(parseAgentTest, file)).toEqual({
      name: 'Rental_Suite',
      place: { file, line: 2, column: 1 },
      subjectAgent: 'Rental_Desk',
      expectedActions: [
        { name: 'Find_Rental', place },
        { name: 'End_Rental', place },
      ],
      utterances: [{ utterance: 'I brought the bicycle back.', expectedTopic: 'Rentals' }],
    });
  });

  it('reads the second generation', () => {
    const file = 'Repair_Suite.aiTestingDefinition-meta.xml';
    const at = (line: number) => ({ file, line, column: 13 });
    expect(parseFixture(parseAgentTest, file)).toEqual({
      name: 'Repair_Suite',
      place: { file, line: 2, column: 1 },
      subjectAgent: 'Repair_Agent',
      expectedActions: [
        { name: 'Close_Repair', place: at(10) },
        { name: 'Scrap_Bike', place: at(10) },
        { name: 'Close_Repair', place: at(17) },
      ],
      utterances: [],
    });
  });

  it('reads a specification in both forms', () => {
    const file = 'Rental-testSpec.yaml';
    expect(parseFixture(parseAgentTest, file)).toEqual({
      name: 'Rental',
      place: { file, line: 1, column: 1 },
      subjectAgent: 'Rental_Desk',
      expectedActions: [
        { name: 'End_Rental', place: { file, line: 8, column: 9 } },
        { name: 'Print_Receipt', place: { file, line: 9, column: 9 } },
        { name: 'Find_Rental', place: { file, line: 19, column: 19 } },
        { name: 'Find_Bike', place: { file, line: 19, column: 19 } },
      ],
      utterances: [
        { utterance: 'I brought the bicycle back.', expectedTopic: 'Rentals' },
        { utterance: 'Hello', expectedTopic: '' },
        { utterance: 'Where is my bicycle?', expectedTopic: 'Rentals' },
      ],
    });
  });

  it('refuses what is no agent test, at its place', () => {
    expect(refusal('T.aiEvaluationDefinition', '\n<Flow/>')).toBe('2:1');
    expect(refusal('T-testSpec.yaml', 'name: a\n  b: c')).toBe('1:7');
    expect(refusal('T-testSpec.yml', '['.repeat(100_000))).not.toBe('accepted');
  });

  it('reads specifications of unexpected shapes as tests without expectations', () => {
    for (const text of ['', '- a', 'testCases: all', 'testCases: [1, {scorers: 2}, {expectedActions: {a: b}}]']) {
      expect(parseAgentTest('T-testSpec.yaml', text)).toMatchObject({ subjectAgent: undefined, expectedActions: [] });
    }
  });

  it('survives a specification that is cut anywhere', () => {
    const text = readFixture('Rental-testSpec.yaml');
    for (let end = 0; end < text.length; end += 10) {
      expect(refusal('T-testSpec.yaml', text.slice(0, end))).toMatch(/^(\d+:\d+|accepted)$/);
    }
  });
});
