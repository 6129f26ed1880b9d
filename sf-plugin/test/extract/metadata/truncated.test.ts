import { describe, expect, it } from '@jest/globals';
import { parseAgentTest } from '../../../src/extract/metadata/agentTest.ts';
import { parseApexMeta } from '../../../src/extract/metadata/apexMeta.ts';
import { parseCustomField } from '../../../src/extract/metadata/customField.ts';
import { parseCustomObject } from '../../../src/extract/metadata/customObject.ts';
import { parseExternalService } from '../../../src/extract/metadata/externalService.ts';
import { parseHandoffTask } from '../../../src/extract/metadata/handoffTask.ts';
import { parseMcpServer } from '../../../src/extract/metadata/mcpServer.ts';
import { parseNamedCredential } from '../../../src/extract/metadata/namedCredential.ts';
import { parsePromptTemplate } from '../../../src/extract/metadata/promptTemplate.ts';
import { parseQuickAction } from '../../../src/extract/metadata/quickAction.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';
import { readFixture } from './fixture.ts';

const parsers: readonly (readonly [string, (file: string, text: string) => unknown])[] = [
  ['Carrier.namedCredential-meta.xml', parseNamedCredential],
  ['Carrier_API.externalServiceRegistration-meta.xml', parseExternalService],
  ['Handoff_Task.Refund_Review.md-meta.xml', parseHandoffTask],
  ['Offer_Letter.genAiPromptTemplate-meta.xml', parsePromptTemplate],
  ['Orders.mcpServerDefinition-meta.xml', parseMcpServer],
  ['RefundService.cls-meta.xml', parseApexMeta],
  ['Refund_Line__c.object', parseCustomObject],
  ['Refund__c.New_Line.quickAction-meta.xml', parseQuickAction],
  ['Rental_Suite.aiEvaluationDefinition-meta.xml', parseAgentTest],
  ['Repair_Suite.aiTestingDefinition-meta.xml', parseAgentTest],
  ['objects/Refund__c/fields/Card__c.field-meta.xml', parseCustomField],
];

describe('a file cut short', () => {
  it.each(parsers)('%s is unreadable, with a place, wherever it ends', (file, parse) => {
    const text = readFixture(file).trimEnd();
    for (let end = 0; end < text.length; end += 10) {
      let thrown: unknown;
      try {
        parse(file, text.slice(0, end));
      } catch (error) {
        thrown = error;
      }
      expect({ end, thrown }).toEqual({ end, thrown: expect.any(UnreadableError) });
    }
  });
});
