import type { Expression, Statement, SwitchCase } from '../../extract/apex/body.ts';
import { assign } from './assignments.ts';
import { iteratedItem } from './callbacks.ts';
import { isLabelled } from './constants.ts';
import { joinVariables, repeat, runEach } from './branches.ts';
import { setVariable, type Flow, type Frame, type Machine } from './frame.ts';
import { loopSize } from './loops.ts';
import { narrowed } from './narrowing.ts';
import { recordDml } from './dml.ts';
import { elementOf } from './reading.ts';
import { elementType } from './typeNames.ts';
import { join, type Value } from './value.ts';
import { plain, sizeOf } from './values.ts';
import type { Variable, Variables } from './variables.ts';
import { fold } from './fold.ts';

/** Runs statements in order, and stops where nothing further is reached. */
export function runStatements(machine: Machine, statements: readonly Statement[], frame: Frame): Flow {
  let declared: Map<string, Variable | undefined> | undefined;
  let flow: Flow = 'continues';
  if (frame.inlined > 0) machine.bounds.count(statements.length);
  for (const statement of statements) {
    if (flow === 'continues') frame.sink.reached(frame.file, statement.at);
    if (flow === 'cut') notePruned(frame, [statement], 'the code before it always ends here');
    if (flow !== 'continues') break;
    if (statement.kind === 'local') {
      const key = fold(statement.name);
      declared ??= new Map();
      if (!declared.has(key)) declared.set(key, frame.variables.get(key));
    }
    flow = runStatement(machine, statement, frame);
  }
  // What a block declares is not known after it.
  for (const [name, outer] of declared ?? []) {
    frame.variables.set(name, outer);
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
      if (statement.value.kind === 'assign') assign(machine, statement.value, frame, true);
      else machine.evaluate(statement.value, frame);
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
  setVariable(frame, fold(name), { type, value });
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
  return test.kind === 'call' && fold(test.name) === 'isrunningtest';
}

/** Code that is never reached with what is bound to the inputs. Where it stands is told by its first statement. */
function notePruned(frame: Frame, dropped: readonly Statement[], reason: string): void {
  const [first] = dropped;
  if (first) frame.sink.pruned(frame.file, first.at, reason);
}

function runForEach(machine: Machine, statement: Of<'for-each'>, frame: Frame): Flow {
  const { variable, body } = statement;
  const iterable = machine.evaluate(statement.iterable, frame);
  const isCollection = iterable.types.every((type) => elementType(type) !== undefined);
  frame.loops.push(isCollection ? sizeOf(iterable) : 'unbounded');
  const bind = (): void => {
    const item = iteratedItem(machine, iterable, statement.at, frame) ?? elementOf(machine, frame, iterable);
    // `for (List<Contact> chunk : [SELECT …])` takes the rows in portions.
    const value = fold(variable.type).startsWith('list<') ? iterable : { ...item, depth: frame.loops.length };
    declare(frame, variable.name, variable.type, narrowed(machine.world, frame, value, variable.type));
  };
  repeat(machine, frame, statement, () => {
    bind();
    machine.run(body, frame);
  });
  frame.variables.set(fold(variable.name), undefined);
  frame.loops.pop();
  return 'continues';
}

function runLoop(machine: Machine, statement: Of<'loop'>, frame: Frame): Flow {
  for (const each of statement.init) runStatement(machine, each, frame);
  frame.loops.push(loopSize(machine, statement, frame));
  repeat(machine, frame, statement, () => {
    // The counter changes, so that a constant it starts with does not decide a branch.
    for (const each of statement.update) machine.evaluate(each, frame);
    if (statement.test) machine.evaluate(statement.test, frame);
    machine.run(statement.body, frame);
  });
  frame.loops.pop();
  for (const each of statement.init) if (each.kind === 'local') frame.variables.set(fold(each.name), undefined);
  return 'continues';
}

function runSwitch(machine: Machine, statement: Of<'switch'>, frame: Frame): Flow {
  const subject = machine.evaluate(statement.subject, frame);
  const branches = casesOf(machine, statement, subject, frame).map(({ variable, body }) => () => {
    if (variable) declare(frame, variable.name, variable.type, { ...subject, types: [variable.type] });
    const flow = machine.run(body, frame);
    if (variable) frame.variables.set(fold(variable.name), undefined);
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
  const matches = new Map<SwitchCase, boolean>();
  for (const each of statement.cases) {
    const answers = each.values.map((label) => isLabelled(constant, labelOf(machine, label, frame)));
    if (answers.includes(undefined)) return statement.cases;
    matches.set(each, answers.includes(true));
  }
  const matching = statement.cases.filter((each) => matches.get(each));
  const taken = matching.length > 0 ? matching : statement.cases.filter(({ isElse }) => isElse);
  for (const { body } of statement.cases.filter((each) => !taken.includes(each))) {
    notePruned(frame, body, `the value is always ${JSON.stringify(constant)} here`);
  }
  return taken;
}

/** What stands after `when`: a literal, or a value of an enum by its simple name. */
function labelOf(machine: Machine, label: Expression, frame: Frame): Value['constant'] {
  return label.kind === 'name' ? label.name.toUpperCase() : machine.evaluate(label, frame).constant;
}

/**
 * An exception leaves the body at any point: a handler finds any value that a variable had in it, and
 * what the body does to an object may not have happened.
 */
function runTry(machine: Machine, statement: Of<'try'>, frame: Frame): Flow {
  const before = frame.variables.copy();
  const outer = frame.attempted;
  const attempted = new Map<string, Value[]>();
  frame.attempted = attempted;
  const jumps = frame.jumped.length;
  const flow = runEach([() => machine.run(statement.body, frame)], frame);
  const afterBody = frame.variables;
  const atAnyPoint = (): Variables =>
    before.map((variable, name) => ({
      ...variable,
      value: (attempted.get(name) ?? []).reduce(join, variable.value),
    }));
  const thrown = statement.catches.length > 0 ? atAnyPoint() : before;
  const ways = [
    () => {
      frame.variables = afterBody;
      return flow;
    },
    ...statement.catches.map(({ variable, body }) => () => {
      frame.variables = thrown.copy();
      declare(frame, variable.name, variable.type, plain(variable.type, 'derived'));
      const caught = machine.run(body, frame);
      frame.variables.set(fold(variable.name), undefined);
      return caught;
    }),
  ];
  let after = runEach(ways, frame);
  if (statement.finally.length > 0) {
    frame.variables = atAnyPoint();
    const last = machine.run(statement.finally, frame);
    if (last !== 'continues') after = last;
    const final = frame.variables;
    for (const [index, jumped] of frame.jumped.entries()) {
      if (index >= jumps) frame.jumped[index] = joinVariables(jumped, final);
    }
  }
  frame.attempted = outer;
  for (const [name, values] of outer ? attempted : []) outer?.set(name, [...(outer.get(name) ?? []), ...values]);
  return after;
}
