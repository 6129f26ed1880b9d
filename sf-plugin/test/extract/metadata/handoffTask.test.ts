import { describe, expect, it } from '@jest/globals';
import { parseHandoffTask } from '../../../src/extract/metadata/handoffTask.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';
import { parseFixture, readFixture } from './fixture.ts';

const file = 'Handoff_Task.Refund_Review.md-meta.xml';

/** The fixture with something else where its grants stand. */
const granting = (text: string) => (): unknown =>
  parseHandoffTask(file, readFixture(file).replace(/\[\s*\{.*\}\s*\]/s, text));

function problemOf(parse: () => unknown): readonly [number, string] {
  try {
    parse();
  } catch (error) {
    if (error instanceof UnreadableError) return [error.place.line, error.message];
  }
  throw new Error('was read');
}

describe('parseHandoffTask', () => {
  it('reads what a task grants', () => {
    const scope = { type: 'salesforce_effect', extent: 'one', identity: 'user', reversibility: 'reversible' };
    expect(parseFixture(parseHandoffTask, file)).toEqual({
      name: 'Refund_Review',
      place: { file, line: 11, column: 9 },
      isActive: true,
      by: { agent: 'Order_Agent', topic: 'Refunds', action: 'Review_Refund', place: { file, line: 24, column: 9 } },
      grants: [
        { ...scope, operation: 'read', object: 'Order', fields: ['OrderNumber'], gate: 'none' },
        { ...scope, operation: 'create', object: 'Refund__c', fields: ['Amount__c', 'Order__c'], gate: 'approval' },
      ],
    });
  });

  it.each(['', '[]'])('grants nothing by "%s"', (text) => {
    expect(granting(text)()).toMatchObject({ grants: [] });
  });

  it.each(['Authorization_Details__c', 'Is_Active__c'])('does not choose between two values of %s', (field) => {
    const second = `<values><field>${field}</field><value>true</value></values></CustomMetadata>`;
    const text = readFixture(file).replace('</CustomMetadata>', second);
    expect(problemOf(() => parseHandoffTask(file, text))[1]).toContain(`${field} is set a second time`);
  });

  it('is off unless it says that it is active', () => {
    const text = readFixture(file).replace('<value xsi:type="xsd:boolean">true</value>', '<value xsi:nil="true"/>');
    expect(parseHandoffTask(file, text)).toMatchObject({ isActive: false });
  });

  it.each([
    ['[{', 'the grants are not JSON'],
    ['{}', 'not a list of grants'],
    ['[{"type": "salesforce_effect"}]', 'not a list of grants: 0.object is wrong'],
    [
      '[{"type": "salesforce_effect", "operation": "unknown", "object": "Case", "fields": [], "extent": "one", "identity": "user", "gate": "none", "reversibility": "reversible"}]',
      'not a list of grants: 0.operation is wrong',
    ],
  ])('cannot be read with %s', (text, reason) => {
    expect(problemOf(granting(text))).toEqual([11, reason]);
  });
});
