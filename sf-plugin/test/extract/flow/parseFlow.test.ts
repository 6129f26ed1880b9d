import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { expandFlow } from '../../../src/effects/flow/expandFlow.ts';
import { parseFlow } from '../../../src/extract/flow/parseFlow.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';

const file = 'main/default/flows/Every_Element.flow-meta.xml';
const source = readFileSync(new URL('./fixtures/Every_Element.flow-meta.xml', import.meta.url), 'utf8');
const at = (line: number, column = 5) => ({ file, line, column });
const literal = (value: string | number | boolean | null) => ({ kind: 'literal', value });
const reference = (path: string) => ({ kind: 'reference', path });
const to = (target: string, line: number, role = 'connector', column = 9) => ({
  role,
  target,
  place: at(line, column),
});
const node = (tag: string, name: string, line: number) => ({
  tag,
  name,
  label: name,
  place: at(line),
  connectors: [],
  calls: [],
  outputs: [],
});
const allOf = { logic: 'and', filters: [] };

describe('parseFlow', () => {
  it('reads every part of a flow, with its place', () => {
    expect(parseFlow(file, source)).toEqual({
      name: 'Every_Element',
      label: 'Every Element',
      place: at(2, 1),
      apiVersion: 66,
      processType: 'AutoLaunchedFlow',
      status: 'Active',
      runInMode: 'SystemModeWithSharing',
      overriddenFlow: 'pkg__Base_Flow',
      start: {
        ...node('start', '', 145),
        kind: 'start',
        label: 'start',
        connectors: [to('Get', 146), to('Fill', 153, 'connector', 13)],
        object: 'Order',
        recordTriggerType: 'Update',
        triggerType: 'RecordAfterSave',
        runAsUser: 'DefaultWorkflowUser',
        where: allOf,
        requiresChange: true,
        hasConditionFormula: true,
        scheduledPaths: [
          {
            name: '',
            label: 'scheduledPaths',
            pathType: 'AsyncAfterCommit',
            connectors: [to('Fill', 153, 'connector', 13)],
          },
        ],
        isMissing: false,
      },
      variables: [
        {
          name: 'order',
          place: at(166),
          dataType: 'SObject',
          objectType: 'Order',
          apexClass: undefined,
          isCollection: false,
          isInput: true,
          isOutput: false,
          defaultValue: literal(null),
        },
      ],
      resources: [
        { kind: 'constant', name: 'limit', value: literal(10) },
        { kind: 'formula', name: 'double', value: { kind: 'computed', references: ['limit'] } },
        { kind: 'user-input', name: 'Status_Field', value: literal(null) },
        { kind: 'template', name: 'body', value: { kind: 'computed', references: ['order.Name'] } },
      ],
      elements: [
        {
          ...node('actionCalls', 'Send_Mail', 3),
          kind: 'step',
          label: 'Send mail',
          connectors: [to('Pick', 8), to('Save', 12, 'faultConnector')],
          calls: [
            {
              type: 'emailSimple',
              name: 'emailSimple',
              label: 'Send mail',
              place: at(3),
              inputs: [
                { name: 'emailBody', value: reference('body') },
                { name: 'sendRichBody', value: literal(true) },
              ],
              types: [{ parameter: 'records', object: 'Order' }],
            },
          ],
          outputs: ['sent'],
        },
        {
          ...node('assignments', 'Fill', 34),
          kind: 'assignment',
          items: [
            { target: 'order.Status', operator: 'Assign', value: literal(''), place: at(37, 9) },
            {
              target: 'names',
              operator: 'Add',
              value: { kind: 'computed', references: ['order.Name', '$User.Id'] },
              place: at(44, 9),
            },
          ],
        },
        {
          ...node('decisions', 'Pick', 59),
          kind: 'decision',
          connectors: [to('Fill', 62, 'defaultConnector'), to('Save', 76, 'connector', 13)],
          outcomes: [
            {
              name: 'Is_Big',
              label: 'Is big',
              place: at(66, 9),
              logic: 'or',
              conditions: [{ left: 'order.TotalAmount', operator: 'GreaterThan', right: literal(100) }],
              connectors: [to('Save', 76, 'connector', 13)],
              asksMore: true,
            },
          ],
          defaultConnectors: [to('Fill', 62, 'defaultConnector')],
        },
        {
          ...node('loops', 'Each', 90),
          kind: 'loop',
          connectors: [to('Fill', 95, 'nextValueConnector'), to('Save', 98, 'noMoreValuesConnector')],
          collection: 'orders',
          variable: 'order',
        },
        {
          ...node('recordCreates', 'Save', 103),
          kind: 'create',
          outputs: ['orderId'],
          object: 'Order',
          inputReference: undefined,
          assignments: [{ name: 'Status', value: literal(null) }],
          where: allOf,
          isUpsert: true,
        },
        {
          ...node('recordLookups', 'Get', 113),
          kind: 'lookup',
          outputs: ['orderId'],
          object: 'Order',
          where: { logic: '1 AND 2', filters: [{ field: 'Id', operator: 'In', value: reference('ids') }] },
          firstOnly: true,
          fields: [],
          limit: reference('limit'),
          outputReference: 'order',
        },
        { ...node('screens', 'Ask', 136), kind: 'step', outputs: ['order.Status'] },
      ],
    });
  });

  it.each([
    ['flows/Old_Name-7.flow', 'Old_Name'],
    ['flows/New_Name.flow-meta.xml', 'New_Name'],
  ])('takes the name from %s', (path, name) => {
    expect(parseFlow(path, '<Flow/>').name).toBe(name);
  });

  it.each([
    ['<stringValue>a</stringValue>', literal('a')],
    ['<stringValue></stringValue>', literal('')],
    ['<numberValue>1.50</numberValue>', literal(1.5)],
    ['<numberValue>many</numberValue>', literal('many')],
    ['<numberValue></numberValue>', literal('')],
    ['<booleanValue>True</booleanValue>', literal(true)],
    ['<dateValue>2026-01-31</dateValue>', literal('2026-01-31')],
    ['', literal(null)],
    ['<elementReference>$GlobalConstant.EmptyString</elementReference>', reference('$GlobalConstant.EmptyString')],
    [
      '<collectionElements><stringValue>a</stringValue></collectionElements><collectionElements/>',
      { kind: 'list', items: [literal('a'), literal(null)] },
    ],
    [
      '<formulaDataType>String</formulaDataType><formulaExpression>{!a} &amp; {!b.C}</formulaExpression>',
      { kind: 'computed', references: ['a', 'b.C'] },
    ],
    [
      '<transform><transformValues><transformValueActions><value><elementReference>a</elementReference></value></transformValueActions></transformValues></transform>',
      { kind: 'computed', references: ['a'] },
    ],
    ['<apexValue>{"id":"{!a}"}</apexValue>', { kind: 'computed', references: ['a'] }],
  ])('reads the value %s', (value, expected) => {
    const { variables } = parseFlow(file, `<Flow><variables><name>v</name><value>${value}</value></variables></Flow>`);
    expect(variables[0]?.defaultValue).toEqual(expected);
  });

  it('says that a start is missing only where neither form of it is there', () => {
    const isMissing = (body: string): boolean => parseFlow(file, `<Flow>${body}</Flow>`).start.isMissing;
    expect(isMissing('')).toBe(true);
    expect(isMissing('<start/>')).toBe(false);
    expect(isMissing('<startElementReference>A</startElementReference>')).toBe(false);
  });

  it('does not take a setting of a later release for an element', () => {
    const body = '<futureSetting><name>x</name><value>y</value></futureSetting><futureFlag>true</futureFlag>';
    expect(parseFlow(file, `<Flow>${body}</Flow>`).elements).toEqual([]);
  });
});

describe('a file that is no whole flow', () => {
  const refusal = (text: string): { place: unknown; message: string } => {
    try {
      parseFlow(file, text);
    } catch (error) {
      if (error instanceof UnreadableError) return { place: error.place, message: error.message };
      throw error;
    }
    throw new Error('was read');
  };

  it.each([
    ['another type', '<Layout/>', at(1, 1), 'expected <Flow>, found <Layout>'],
    [
      'two elements of one name',
      '<Flow>\n<screens><name>A</name></screens>\n<waits><name>a</name></waits></Flow>',
      at(3, 1),
      'two elements are named a',
    ],
    [
      'deep nesting',
      `<Flow>\n${'<screens>'.repeat(70)}${'</screens>'.repeat(70)}</Flow>`,
      at(2, 64 * 9 - 9 + 1),
      'elements are nested too deeply',
    ],
    [
      'too much to analyse',
      `<Flow>${'<variables/>'.repeat(1500)}${'<screens/>'.repeat(1500)}</Flow>`,
      at(1, 1),
      'the flow has too many elements and variables',
    ],
  ])('is refused for %s', (_, text, place, message) => {
    expect(refusal(text)).toEqual({ place, message });
  });

  it('is refused wherever it is cut', () => {
    for (let end = 0; end < source.trimEnd().length; end += 10) {
      expect(() => parseFlow(file, source.slice(0, end))).toThrow(UnreadableError);
    }
  });

  it('is read or refused, and expanded, whatever line is lost', () => {
    const lines = source.split('\n');
    let read = 0;
    for (let lost = 0; lost < lines.length; lost++) {
      const text = lines.filter((_, index) => index !== lost).join('\n');
      try {
        const facts = parseFlow(file, text);
        expandFlow(
          facts,
          { identity: 'user', isEntry: true, inputs: {}, otherInputs: 'model' },
          { flow: () => undefined, referencesTo: () => [] },
        );
        read++;
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableError);
      }
    }
    // The lines that hold a whole element, such as a name or a target, can be lost.
    expect(read).toBe(lines.filter((line) => /^\s*(<(\w+)>.*<\/\2>)+$/.test(line) || /^$|^<\?xml/.test(line)).length);
  });
});
