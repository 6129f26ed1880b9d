import type { Expression, Statement, SwitchCase } from '../../extract/apex/body.ts';
import { place, type Flow, type Frame, type Machine, type Variable } from './frame.ts';
import { loopSize } from './loops.ts';
import { narrowed } from './narrowing.ts';
import { recordDml } from './dml.ts';
import { elementOf } from './reading.ts';
import { join, plain, sizeOf, type Value } from './value.ts';

/** Runs statements in order, and stops where nothing further is reached. */
export function runStatements(machine: Machine, statements: readonly Statement[], frame: Frame): Flow {
  const declared = new Map<string, Variable | undefined>();
  let flow: Flow = 'continues';
  if (frame.inlined > 0) machine.bounds.count(statements.length);
  for (const statement of statements) {
    if (flow === 'cut') notePruned(frame, [statement], 'the code before it always ends here');
    if (flow !== 'continues') break;
    if (statement.kind === 'local') {
      const key = statement.name.toLowerCase();
      if (!declared.has(key)) declared.set(key, frame.variables.get(key));
    }
    flow = runStatement(machine, statement, frame);
  }
  // What a block declares is not known after it.
  for (const [name, outer] of declared) {
    if (outer) frame.variables.set(name, outer);
    else frame.variables.delete(name);
  }
  return flow === 'cut' ? 'ends' : flow;
}

function runStatement(machine: Machine, statement: Statement, frame: Frame): Flow {
  switch (statement.kind) {
    case 'local': {
      const { type, name } = statement;
      const value = statement.value
        ? machine.evaluate(statement.value, frame)
        : { ...plain(type, 'constant', frame.loops.length), constant: null };
      declare(frame, name, type, narrowed(machine.world, frame, value, type));
      return 'continues';
    }
    case 'expression':
      machine.evaluate(statement.value, frame);
      return 'continues';
    case 'dml':
      recordDml(machine, statement, frame);
      return 'continues';
    case 'return': {
      const value = statement.value && machine.evaluate(statement.value, frame);
      if (value) frame.returned = frame.returned ? join(frame.returned, value) : value;
      return 'ends';
    }
    case 'throw':
      if (statement.value) machine.evaluate(statement.value, frame);
      return 'ends';
    case 'jump':
      frame.jumped.push(frame.variables);
      return 'ends';
    case 'block':
      return machine.run(statement.body, frame);
    case 'if':
      return runIf(machine, statement, frame);
    case 'for-each':
      return runForEach(machine, statement, frame);
    case 'loop':
      return runLoop(machine, statement, frame);
    case 'switch':
      return runSwitch(machine, statement, frame);
    case 'try':
      return runTry(machine, statement, frame);
  }
}

function declare(frame: Frame, name: string, type: string, value: Value): void {
  frame.variables.set(name.toLowerCase(), { type, value });
}

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

function runIf(machine: Machine, statement: Of<'if'>, frame: Frame): Flow {
  const test = machine.evaluate(statement.test, frame);
  if (typeof test.constant === 'boolean') {
    const [taken, dropped] = test.constant ? [statement.then, statement.else] : [statement.else, statement.then];
    if (!asksForTest(statement.test))
      notePruned(frame, dropped, `the condition is always ${String(test.constant)} here`);
    const flow = machine.run(taken, frame);
    return flow === 'ends' && !asksForTest(statement.test) ? 'cut' : flow;
  }
  return runEach([() => machine.run(statement.then, frame), () => machine.run(statement.else, frame)], frame);
}

/** Code for tests is no part of what an agent can do, so that leaving it out is nothing to report. */
function asksForTest(test: Expression): boolean {
  if (test.kind === 'operation') return test.operands.some(asksForTest);
  return test.kind === 'call' && test.name.toLowerCase() === 'isrunningtest';
}

/** Code that is never reached with what is bound to the inputs. Where it stands is told by its first statement. */
function notePruned(frame: Frame, dropped: readonly Statement[], reason: string): void {
  const [first] = dropped;
  if (first) frame.sink.pruned(place(frame, first.at), reason);
}

/** Runs each branch from the same start; afterwards a variable has the value of any branch that goes on. */
function runEach(branches: readonly (() => Flow)[], frame: Frame): Flow {
  const before = frame.variables;
  let after: Map<string, Variable> | undefined;
  for (const branch of branches) {
    frame.variables = new Map(before);
    if (branch() === 'continues') after = after ? joinVariables(after, frame.variables) : frame.variables;
  }
  frame.variables = after ?? before;
  return after ? 'continues' : 'ends';
}

function joinVariables(a: Map<string, Variable>, b: ReadonlyMap<string, Variable>): Map<string, Variable> {
  const joined = new Map(a);
  for (const [name, { type, value }] of b) {
    const other = a.get(name);
    joined.set(name, { type, value: other && other.value !== value ? join(other.value, value) : value });
  }
  return joined;
}

function runForEach(machine: Machine, statement: Of<'for-each'>, frame: Frame): Flow {
  const { variable, body } = statement;
  const iterable = machine.evaluate(statement.iterable, frame);
  frame.loops.push(sizeOf(iterable));
  const bind = (): void => {
    const item = elementOf(machine, frame, iterable);
    // `for (List<Contact> chunk : [SELECT …])` takes the rows in portions.
    const value = variable.type.toLowerCase().startsWith('list<') ? iterable : { ...item, depth: frame.loops.length };
    declare(frame, variable.name, variable.type, narrowed(machine.world, frame, value, variable.type));
  };
  repeatBody(frame, () => {
    bind();
    machine.run(body, frame);
  });
  frame.variables.delete(variable.name.toLowerCase());
  frame.loops.pop();
  return 'continues';
}

function runLoop(machine: Machine, statement: Of<'loop'>, frame: Frame): Flow {
  for (const each of statement.init) runStatement(machine, each, frame);
  frame.loops.push(loopSize(machine, statement, frame));
  repeatBody(frame, () => {
    // The counter changes, so that a constant it starts with does not decide a branch.
    for (const each of statement.update) machine.evaluate(each, frame);
    if (statement.test) machine.evaluate(statement.test, frame);
    machine.run(statement.body, frame);
  });
  frame.loops.pop();
  for (const each of statement.init) if (each.kind === 'local') frame.variables.delete(each.name.toLowerCase());
  return 'continues';
}

/** Deeper nests of loops run each body once, so that the work does not double with every level. */
const deepestRepeated = 3;

/** Runs a body twice, so that what the first round leaves behind reaches the second; it may also not run at all. */
function repeatBody(frame: Frame, body: () => void): void {
  const outer = frame.jumped;
  // The first entry is the run of the method itself.
  const rounds = frame.loops.length - 1 <= deepestRepeated ? 2 : 1;
  for (let round = 0; round < rounds; round++) {
    const before = frame.variables;
    frame.variables = new Map(before);
    frame.jumped = [];
    body();
    for (const ended of [before, ...frame.jumped]) frame.variables = joinVariables(frame.variables, ended);
  }
  frame.jumped = outer;
}

function runSwitch(machine: Machine, statement: Of<'switch'>, frame: Frame): Flow {
  const subject = machine.evaluate(statement.subject, frame);
  const branches = casesOf(machine, statement, subject, frame).map(({ variable, body }) => () => {
    if (variable) declare(frame, variable.name, variable.type, { ...subject, types: [variable.type] });
    const flow = machine.run(body, frame);
    if (variable) frame.variables.delete(variable.name.toLowerCase());
    return flow;
  });
  // Without `when else`, no case may match.
  if (!statement.cases.some(({ isElse }) => isElse)) branches.push(() => 'continues');
  return runEach(branches, frame);
}

/** The cases that the value can take: all of them, unless it is known. */
function casesOf(machine: Machine, statement: Of<'switch'>, subject: Value, frame: Frame): readonly SwitchCase[] {
  const { constant } = subject;
  if (constant === undefined) return statement.cases;
  const matching = statement.cases.filter(({ values }) =>
    values.some((value) => labelOf(machine, value, frame) === constant),
  );
  const open = statement.cases.some(({ values }) =>
    values.some((value) => labelOf(machine, value, frame) === undefined),
  );
  if (open) return statement.cases;
  const taken = matching.length > 0 ? matching : statement.cases.filter(({ isElse }) => isElse);
  for (const { body } of statement.cases.filter((each) => !taken.includes(each))) {
    notePruned(frame, body, `the value is always ${JSON.stringify(constant)} here`);
  }
  return taken;
}

/** What stands after `when`: a literal, or a value of an enum by its simple name. */
function labelOf(machine: Machine, label: Expression, frame: Frame): Value['constant'] {
  return machine.evaluate(label, frame).constant ?? (label.kind === 'name' ? label.name.toUpperCase() : undefined);
}

function runTry(machine: Machine, statement: Of<'try'>, frame: Frame): Flow {
  const before = new Map(frame.variables);
  const flow = machine.run(statement.body, frame);
  const afterBody = frame.variables;
  // An exception leaves the body at any point: a handler sees what held before it or after it.
  const thrown = joinVariables(before, afterBody);
  const ways = [
    () => {
      frame.variables = afterBody;
      return flow;
    },
    ...statement.catches.map(({ variable, body }) => () => {
      frame.variables = new Map(thrown);
      declare(frame, variable.name, variable.type, plain(variable.type, 'derived'));
      return machine.run(body, frame);
    }),
  ];
  const joined = runEach(ways, frame);
  const last = machine.run(statement.finally, frame);
  return last === 'continues' ? joined : last;
}
