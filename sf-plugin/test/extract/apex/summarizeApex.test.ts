import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Expression, Statement } from '../../../src/extract/apex/body.ts';
import type { ApexParser } from '../../../src/extract/apex/parser.ts';
import { placeAt } from '../../../src/extract/apex/position.ts';
import { summarizeApex } from '../../../src/extract/apex/summarizeApex.ts';
import type { ApexUnit } from '../../../src/extract/apex/summary.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';
import { loadParser } from './grammar.ts';

let parser: ApexParser;
beforeAll(async () => {
  parser = await loadParser();
});

function summarize(text: string): ApexUnit {
  return summarizeApex(parser, 'A.cls', text);
}

/** The statements of a method body, without positions. */
function bodyOf(code: string): unknown {
  const unit = summarize(`class A { void f() { ${code} } }`);
  expect(unit.syntaxErrors).toEqual([]);
  return withoutPositions(unit.type?.methods[0]?.body);
}

function expressionOf(code: string): unknown {
  const [statement] = bodyOf(`x = ${code};`) as { value: { value: Expression } }[];
  return statement?.value.value;
}

function withoutPositions(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'at' ? undefined : each)));
}

const name = (text: string): unknown => ({ kind: 'name', name: text });
const text = (value: string | number | boolean | null): unknown => ({ kind: 'literal', value });

describe('declarations', () => {
  it('reads the events of a trigger past comments', () => {
    const unit = summarize(`// trigger of the shop { }
      trigger T on Account (after /* every */ update, before // new ones
        insert) { insert x; }`);
    expect(unit.syntaxErrors).toEqual([]);
    expect(unit.trigger?.events).toEqual(['after update', 'before insert']);
    expect(unit.trigger?.body.map(({ at }) => placeAt('', at))).toEqual([{ file: '', line: 3, column: 19 }]);
  });

  it('keeps sharing, super types, annotations and inner types', () => {
    const unit = summarize(`
      public virtual without sharing class Outer extends ns.Base implements Database.Batchable<SObject>, Stop {
        public with sharing class Inner { }
        interface Step extends Other { void run(Id recordId); }
        enum Color { RED }
      }`);
    expect(withoutPositions(unit)).toEqual({
      type: {
        kind: 'class',
        name: 'Outer',
        sharing: 'without',
        superType: 'ns.Base',
        interfaces: ['Database.Batchable<SObject>', 'Stop'],
        isOpen: true,
        fields: [],
        methods: [],
        constructors: [],
        initializers: [],
        inner: [
          { kind: 'class', name: 'Outer.Inner', sharing: 'with', interfaces: [], ...noMembers },
          {
            kind: 'interface',
            name: 'Outer.Step',
            interfaces: ['Other'],
            isOpen: true,
            ...noMembers,
            methods: [
              { name: 'run', parameters: [{ name: 'recordId', type: 'Id' }], returns: 'void', annotations: [] },
            ],
          },
          { kind: 'enum', name: 'Outer.Color', interfaces: [], ...noMembers },
        ],
      },
      syntaxErrors: [],
    });
  });

  it('keeps fields, properties with code, constructors, initialisers and entry points', () => {
    const unit = summarize(`public class A {
        private static final String X = 'a', Y;
        public Contact[] all { get; private set { all = value; } }
        static { go(); }
        { stop(); }
        public A(Integer n) { this(); }
        @InvocableMethod(label='Go') public static List<Out> run(final List<In> requests) { return null; }
        global abstract void open();
      }`);
    const { fields, methods, constructors, initializers } = unit.type ?? {};
    expect(withoutPositions(fields)).toEqual([
      { name: 'X', type: 'String', isStatic: true, isFinal: true, annotations: [], value: text('a') },
      { name: 'Y', type: 'String', isStatic: true, isFinal: true, annotations: [] },
      {
        name: 'all',
        type: 'List<Contact>',
        annotations: [],
        setter: [{ kind: 'expression', value: { kind: 'assign', target: name('all'), value: name('value') } }],
      },
    ]);
    expect(withoutPositions(constructors)).toEqual([
      {
        name: 'A',
        parameters: [{ name: 'n', type: 'Integer' }],
        returns: 'void',
        annotations: [],
        body: [{ kind: 'expression', value: { kind: 'call', name: 'this', args: [] } }],
      },
    ]);
    expect(withoutPositions(initializers)).toEqual([
      { isStatic: true, body: [{ kind: 'expression', value: { kind: 'call', name: 'go', args: [] } }] },
      { body: [{ kind: 'expression', value: { kind: 'call', name: 'stop', args: [] } }] },
    ]);
    expect(withoutPositions(methods)).toEqual([
      {
        name: 'run',
        parameters: [{ name: 'requests', type: 'List<In>' }],
        returns: 'List<Out>',
        isStatic: true,
        annotations: ['invocablemethod'],
        body: [{ kind: 'return', value: text(null) }],
      },
      { name: 'open', parameters: [], returns: 'void', annotations: [] },
    ]);
  });

  it('leaves out the bodies of tests', () => {
    const unit = summarize(`@IsTest class T { static void f() { delete x; } }`);
    expect(unit.type).toMatchObject({ isTest: true, methods: [] });
    const method = summarize(`class A { static testMethod void f() { delete x; } }`).type?.methods[0];
    expect(method).not.toHaveProperty('body');
  });

  it('reads a trigger with its object, events and methods', () => {
    const unit = summarize(`trigger T on Account (before insert, after  UPDATE) { go(); void go() { } }`);
    expect(withoutPositions(unit)).toEqual({
      trigger: {
        name: 'T',
        object: 'Account',
        events: ['before insert', 'after update'],
        body: [{ kind: 'expression', value: { kind: 'call', name: 'go', args: [] } }],
        methods: [{ name: 'go', parameters: [], returns: 'void', annotations: [], body: [] }],
      },
      syntaxErrors: [],
    });
  });
});

const noMembers = { fields: [], methods: [], constructors: [], initializers: [], inner: [] };

describe('statements', () => {
  it('tells the six DML statements apart, with access and operands', () => {
    expect(bodyOf('insert as user a; update b; upsert c Ext__c; DELETE as SYSTEM d; undelete e; merge f g;')).toEqual([
      { kind: 'dml', verb: 'insert', access: 'user', operand: name('a') },
      { kind: 'dml', verb: 'update', operand: name('b') },
      { kind: 'dml', verb: 'upsert', operand: name('c') },
      { kind: 'dml', verb: 'delete', access: 'system', operand: name('d') },
      { kind: 'dml', verb: 'undelete', operand: name('e') },
      { kind: 'dml', verb: 'merge', operand: name('f'), merged: name('g') },
    ]);
  });

  it('keeps the shape of branches, loops and handlers', () => {
    const kinds = (statements: readonly Statement[]): unknown[] => statements.map(({ kind }) => kind);
    const body = bodyOf(`
      Integer i = 0, j;
      if (a) b(); else { c(); }
      for (Contact d : e) break;
      for (Integer k = 0; k < 3; k++) f();
      while (g) { continue; }
      do { h(); } while (i);
      switch on l { when 1, 2 { m(); } when Contact n { } when else { } }
      try { o(); } catch (DmlException p) { q(); } finally { r(); }
      System.runAs(s) { t(); }
      throw u;
      return;`) as Statement[];
    expect(kinds(body)).toEqual([
      ...['local', 'local', 'if', 'for-each', 'loop', 'loop', 'loop', 'switch', 'try', 'block', 'throw', 'return'],
    ]);
    expect(body[7]).toEqual({
      kind: 'switch',
      subject: name('l'),
      cases: [
        {
          values: [text(1), text(2)],
          body: [{ kind: 'expression', value: { kind: 'call', name: 'm', args: [] } }],
        },
        { values: [], variable: { type: 'Contact', name: 'n' }, body: [] },
        { values: [], isElse: true, body: [] },
      ],
    });
  });
});

describe('expressions', () => {
  it('keeps the fields that a constructor sets', () => {
    expect(expressionOf("new Contact(LastName = 'x', Account = a)")).toEqual({
      kind: 'new',
      type: 'Contact',
      args: [],
      fields: [
        { name: 'LastName', value: text('x') },
        { name: 'Account', value: name('a') },
      ],
    });
  });

  it('keeps collections with their items, maps with keys and values', () => {
    expect(expressionOf('new Account[]{ a }')).toEqual({
      kind: 'collection',
      type: 'List<Account>',
      items: [name('a')],
      keys: [],
    });
    expect(expressionOf('new Map<Id, List<Contact>>{ k => v }')).toEqual({
      kind: 'collection',
      type: 'Map<Id,List<Contact>>',
      items: [name('v')],
      keys: [name('k')],
    });
  });

  it('flattens chains of one operator and keeps precedence', () => {
    expect(expressionOf("'a' + b + 'c'")).toEqual({
      kind: 'operation',
      operator: '+',
      operands: [text('a'), name('b'), text('c')],
    });
    expect(expressionOf('a && !b || c')).toEqual({
      kind: 'operation',
      operator: '||',
      operands: [
        {
          kind: 'operation',
          operator: '&&',
          operands: [name('a'), { kind: 'operation', operator: '!', operands: [name('b')] }],
        },
        name('c'),
      ],
    });
  });

  it('reads calls, casts, accesses and class literals', () => {
    expect(expressionOf('((Contact) a.b[0]?.c(d)).e')).toEqual({
      kind: 'field',
      name: 'e',
      target: {
        kind: 'cast',
        type: 'Contact',
        value: {
          kind: 'call',
          name: 'c',
          args: [name('d')],
          target: { kind: 'index', index: text(0), target: { kind: 'field', name: 'b', target: name('a') } },
        },
      },
    });
    expect(expressionOf('ns.Foo.class')).toEqual({ kind: 'class', type: 'ns.Foo' });
    expect(expressionOf('boolean.valueOf(a)')).toEqual({
      kind: 'call',
      name: 'valueOf',
      args: [name('a')],
      target: name('boolean'),
    });
  });

  it('gives literals their values', () => {
    expect(expressionOf("f('it\\'s \\u0041\\n', 5L, 1.5, TRUE, null)")).toMatchObject({
      args: [text("it's A\n"), text(5), text(1.5), text(true), text(null)],
    });
  });

  it('keeps what narrows a query apart from the rest of its binds', () => {
    const query = `[SELECT Id, (SELECT Id FROM Contacts WHERE Name = :n) FROM Account
      WHERE Id IN :ids AND OwnerId = :o AND (Name = :a OR Id = :b) AND CreatedDate = TODAY AND Type = 'x'
      WITH USER_MODE LIMIT 5]`;
    expect(expressionOf(query)).toEqual({
      kind: 'query',
      query: {
        objects: ['Account'],
        fields: ['Id', '(SELECT Id FROM Contacts WHERE Name = :n)'],
        filters: [
          { field: 'Id', value: name('ids') },
          { field: 'OwnerId', value: name('o') },
          { field: 'Type', value: text('x') },
        ],
        binds: [name('n'), name('a'), name('b')],
        limit: text(5),
        access: 'user',
      },
    });
  });

  it('marks queries that return no records, and searches', () => {
    expect(expressionOf('[SELECT COUNT() FROM Account]')).toMatchObject({ query: { isAggregate: true } });
    expect(expressionOf('[SELECT SUM(Amount) FROM Opportunity]')).toMatchObject({ query: { isAggregate: true } });
    expect(expressionOf('[FIND :q IN ALL FIELDS RETURNING Account(Id), Contact]')).toMatchObject({
      query: { isSearch: true, objects: ['Account', 'Contact'], binds: [name('q')] },
    });
  });
});

describe('positions', () => {
  it('come from the parser, count from one and mean the name in a chain of calls', () => {
    const unit = summarize('class A {\n  void f() {\n    a.b()\n      .c();\n    delete d;\n  }\n}\n');
    const [call, dml] = unit.type?.methods[0]?.body ?? [];
    expect(call?.kind === 'expression' && placeAt('A.cls', call.value.at)).toEqual({
      file: 'A.cls',
      line: 4,
      column: 8,
    });
    expect(dml && placeAt('A.cls', dml.at)).toEqual({ file: 'A.cls', line: 5, column: 5 });
  });

  it('count UTF-16 units, and lines whatever ends them', () => {
    const unit = summarize("class A { void f() { s = '😀é'; delete d; } }\r\n");
    const dml = unit.type?.methods[0]?.body?.[1];
    expect(dml && placeAt('A.cls', dml.at)).toEqual({ file: 'A.cls', line: 1, column: 33 });
  });
});

describe('what cannot be read', () => {
  it('is named with its place, and the rest is kept', () => {
    const unit = summarize('class A {\n  void f() { delete d; int x = ; }\n  void g() { insert e; }\n}');
    expect(unit.syntaxErrors.map((at) => placeAt('A.cls', at).line)).toEqual([2]);
    expect(unit.type?.methods.map((method) => method.name)).toEqual(['f', 'g']);
  });

  it('is a whole file of something else', () => {
    expect(summarize(`class A { void f() { x = ${'('.repeat(100)}`).syntaxErrors).not.toEqual([]);
  });

  it.each([
    ['parentheses', `x = ${'('.repeat(5000)}1${')'.repeat(5000)};`],
    ['blocks', '{'.repeat(5000) + '}'.repeat(5000)],
    ['calls', `a${'.b()'.repeat(5000)};`],
    ['type arguments', `${'List<'.repeat(5000)}X${'>'.repeat(5000)} y;`],
  ])('is code nested too deeply: %s', (_, code) => {
    expect(() => summarize(`class A { void f() { ${code} } }`)).toThrow(UnreadableError);
  });

  it('is not a long chain of one operator', () => {
    const unit = summarize(`class A { void f() { x = ${Array(5000).fill("'a'").join(' + ')}; } }`);
    expect(unit.syntaxErrors).toEqual([]);
  });
});
