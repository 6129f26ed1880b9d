import type { Expression } from '../../../extract/agentScript/ast.ts';
import type { Json } from '../../../extract/json/json.ts';
import type { Constant } from '../../agent.ts';
import { open, readCondition, shut, toTest, type Alternatives } from '../trust/condition.ts';
import { literalOf, partsOf } from '../trust/expressions.ts';
import { modelSources, unite, type Sources } from '../trust/sources.ts';
import type { Constants } from './constants.ts';
import { parseCondition, sourceOf, sourcesOf } from './expression.ts';

/** What the variables that hold a condition stand for, by name. */
export type Meanings = ReadonlyMap<string, Alternatives>;

/** What is known where a condition stands. */
interface Scope {
  readonly constants: Constants;
  readonly meanings: Meanings;
  /** Names of variables as they are to be followed. */
  readonly resolve: (sources: Sources) => Sources;
}

/** The condition under which a call happens or is offered, or what a temporary variable holds. */
export function readEnabled(value: Json | undefined, { constants, meanings, resolve }: Scope): Alternatives {
  if (value === undefined) return { holds: open, fails: shut };
  if (value.kind === 'scalar' && value.value === false) return { holds: shut, fails: open };
  const text = value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
  const expression = text === undefined ? undefined : parseCondition(text);
  if (!expression) {
    const test = toTest(resolve(sourcesOf(value, undefined)));
    return { holds: test, fails: test };
  }
  return readCondition(expression, {
    sourcesOf: (part) => resolve(sourcesOfExpression(part)),
    constantOf: (part) => constantOf(part, constants),
    meaningOf: (part) => {
      const name = stateVariable(part);
      return name === undefined ? undefined : meanings.get(name);
    },
  });
}

function constantOf(expression: Expression, constants: Constants): Constant | undefined {
  const name = stateVariable(expression);
  return name === undefined ? literalOf(expression) : constants.get(name);
}

function stateVariable(expression: Expression): string | undefined {
  const isMember = expression.kind === 'member' && expression.object.kind === 'name';
  return isMember && expression.object.name === 'state' ? expression.name : undefined;
}

function sourcesOfExpression(expression: Expression): Sources {
  const found: Sources[] = [];
  // Not recursive: a long chain of operators is a deep tree.
  const pending = [expression];
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.kind === 'member' && next.object.kind === 'name') {
      found.push(sourceOf(next.object.name, next.name, undefined));
    } else if (next.kind === 'name' || next.kind === 'namespace' || next.kind === 'ellipsis') {
      found.push(modelSources);
    } else {
      pending.push(...partsOf(next));
    }
  }
  return unite(found);
}
