import type { Expression, Statement } from '../../extract/apex/body.ts';
import { lessTrusted } from '../lattice.ts';
import type { Flow, Frame, Machine } from './frame.ts';
import { orUnset } from './facts.ts';
import { HeapObject, isSame, join } from './value.ts';
import { chooserOf, plain } from './values.ts';
import type { Variables } from './variables.ts';
import { fold } from './fold.ts';

/** Runs each branch from the same start; afterwards a variable has the value of any branch that goes on. */
export function runEach(branches: readonly (() => Flow)[], frame: Frame): Flow {
  const { variables: before, region } = frame;
  let isWhole = true;
  let after: Variables | undefined;
  for (const branch of branches) {
    frame.variables = before.copy();
    const own = {};
    frame.region = own;
    const flow = branch();
    if (flow === 'continues') after = after ? joinVariables(after, frame.variables) : frame.variables;
    isWhole &&= flow === 'continues' && frame.region === own;
  }
  frame.variables = after ?? before;
  // What follows does not run whenever what came before did.
  frame.region = isWhole ? region : {};
  return after ? 'continues' : 'ends';
}

export function joinVariables(a: Variables, b: Variables): Variables {
  return a.joined(b, join);
}

/** Bodies that have not settled after so many rounds are run once more with nothing known. */
const mostRounds = 8;

/**
 * Runs a body until what one round leaves behind tells the next one nothing new; it may also not run
 * at all.
 */
export function repeat(
  machine: Machine,
  frame: Frame,
  loop: Extract<Statement, { kind: 'loop' | 'for-each' }>,
  body: () => void,
): void {
  const { jumped, region } = frame;
  let isWhole = true;
  let isSettled = false;
  forgetConstants(frame, namesAssignedIn(loop));
  for (let round = 1; !isSettled; round++) {
    const isLast = !machine.bounds.mayRepeat() || round > mostRounds;
    if (isLast) forgetAll(frame);
    const before = frame.variables;
    const own = {};
    const changes = HeapObject.changesBy(() => {
      frame.variables = before.copy();
      frame.region = own;
      frame.jumped = [];
      body();
      frame.variables = [frame.variables, ...frame.jumped].reduce(joinVariables, before);
    });
    isWhole &&= frame.region === own;
    isSettled = isLast || !(changes || before.differs(frame.variables, isSame));
  }
  frame.jumped = jumped;
  frame.region = isWhole ? region : {};
}

/** What a loop assigns is not what it was before the loop, so that a constant it starts with decides no branch. */
function forgetConstants(frame: Frame, names: ReadonlySet<string>): void {
  frame.variables = frame.variables.copy();
  for (const name of names) {
    const known = frame.variables.get(name);
    if (known) frame.variables.set(name, { ...known, value: orUnset(known.value) });
  }
}

function forgetAll(frame: Frame): void {
  frame.self?.heap?.disclose();
  frame.variables = frame.variables.map(({ type, value }) => {
    value.heap?.disclose();
    return { type, value: plain(type, lessTrusted(frame.otherInputs, chooserOf(value)), value.depth) };
  });
}

const assigned = new WeakMap<object, ReadonlySet<string>>();

/** Lower-case names of the variables, or fields, that are assigned anywhere in code. */
export function namesAssignedIn(code: Statement | readonly Statement[]): ReadonlySet<string> {
  const known = assigned.get(code);
  if (known) return known;
  const names = new Set<string>();
  const open: unknown[] = [code];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (isAssignment(node) && node.target.kind === 'name') names.add(fold(node.target.name));
    for (const part of Object.values(node) as unknown[]) open.push(part);
  }
  assigned.set(code, names);
  return names;
}

function isAssignment(node: object): node is Extract<Expression, { kind: 'assign' }> {
  return 'kind' in node && node.kind === 'assign';
}
